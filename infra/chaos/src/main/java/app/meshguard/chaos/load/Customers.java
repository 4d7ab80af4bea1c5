package app.meshguard.chaos.load;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Http;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.History;
import app.meshguard.chaos.proof.Ledger;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Several tenants with their agents' calls: checks, calls with a limit, calls through the proxy.
 */
public final class Customers implements AutoCloseable {
  private static final String POLICY =
      """
      name: shop
      rules:
        - action: "read:*"
          effect: allow
        - action: "write:email"
          effect: allow
          conditions:
            - "rate_limit(1000000, '1h')"
        - action: "write:refund"
          effect: deny
          reason: "Ask the owner"
      """;

  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final String base;
  private final Ledger ledger;
  private final History history;
  private final Upstream upstream;
  private final List<Tenant> tenants;

  /** Signs them up. */
  public Customers(int number, String base, Ledger ledger, History history) {
    this.base = base;
    this.ledger = ledger;
    this.history = history;
    this.upstream = new Upstream(ledger::notePassed);
    this.tenants = IntStream.range(0, number).mapToObj(i -> signUp()).toList();
  }

  private Tenant signUp() {
    Tenant tenant = Tenant.signUp(base);
    tenant.apply(POLICY);
    String target =
        "{\"name\":\"orders\",\"baseUrl\":\"%s\",\"primary\":true}".formatted(upstream.address());
    Answer made = tenant.admin("POST", "/admin/targets", target);
    if (made.status() >= 300) {
      throw new IllegalStateException("target: " + made);
    }
    return tenant;
  }

  public List<Tenant> tenants() {
    return tenants;
  }

  /** All calls so far, answered or not. */
  public long calls() {
    return calls.get();
  }

  /** Calls that were answered without a decision, as with 503. */
  public int refused() {
    return refused.get();
  }

  /** Calls whose connection broke. */
  public int broken() {
    return broken.get();
  }

  /** One call of one of them, and a short pause. */
  public void call() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Tenant tenant = tenants.get(random.nextInt(tenants.size()));
    String trace = "chaos-%s-%d".formatted(run, calls.incrementAndGet());
    int kind = random.nextInt(10);
    try {
      if (kind < 4) {
        check(tenant, trace, "read:orders");
      } else if (kind < 5) {
        check(tenant, trace, "write:refund");
      } else if (kind < 6) {
        check(tenant, trace, "write:email");
      } else {
        proxied(tenant, trace, kind < 9 ? "GET" : "DELETE");
      }
    } catch (UncheckedIOException e) {
      broken.incrementAndGet();
      history.broken(trace, e);
    }
    LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
  }

  private void check(Tenant tenant, String trace, String action) {
    Answer answer =
        Http.json(
            "POST",
            base + "/v1/check",
            "{\"action\":\"%s\"}".formatted(action),
            "Authorization",
            "Bearer " + tenant.agentToken(),
            "X-MeshGuard-Trace-ID",
            trace);
    if (answer.status() == 200) {
      told(tenant, trace, action, answer, answer.text("decision"));
    } else {
      untold(tenant, trace, action, answer);
    }
  }

  private void proxied(Tenant tenant, String trace, String method) {
    Answer answer =
        Http.json(
            method,
            base + "/proxy/orders/" + trace,
            "",
            "Authorization",
            "Bearer " + tenant.agentToken(),
            "X-MeshGuard-Trace-ID",
            trace);
    String what = method + " /proxy";
    answer
        .headers()
        .firstValue("X-MeshGuard-Decision")
        .ifPresentOrElse(
            decision -> told(tenant, trace, what, answer, decision),
            () -> untold(tenant, trace, what, answer));
  }

  private void told(Tenant tenant, String trace, String what, Answer answer, String decision) {
    String id = answer.text("decisionId");
    ledger.note(trace, decision, id.isEmpty() ? null : id);
    history.answered(tenant.id(), trace, what, answer.status(), decision, id);
  }

  private void untold(Tenant tenant, String trace, String what, Answer answer) {
    refused.incrementAndGet();
    history.answered(tenant.id(), trace, what, answer.status(), answer.problem(), "");
  }

  @Override
  public void close() {
    upstream.close();
  }
}
