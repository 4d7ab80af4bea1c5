package app.meshguard.tenant.outbox;

import app.meshguard.wire.TenantId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records what stands for logins while people have none of their own: that an admin token is used
 * for the first time, or for the first time of a day (UTC), and that one is refused. Of refusals
 * the first of a minute is recorded at once, and the others of it as a count: whoever knows a key's
 * id can fill no log.
 */
@ApplicationScoped
public class Logins {
  private static final Logger LOG = Logger.getLogger(Logins.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is refused beyond these in a minute is not recorded. */
  private static final int MOST_KNOWN = 10_000;

  private final Outbox outbox;
  private final Clock clock;
  private final ConcurrentMap<Refused, Count> refused = new ConcurrentHashMap<>();
  private final ScheduledExecutorService minutes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("refused-logins").factory());

  private record Refused(TenantId tenant, @Nullable String keyId, String reason) {}

  private record Count(Instant from, Instant to, long times) {}

  Logins(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    minutes.scheduleWithFixedDelay(
        this::recordCounts, MINUTE.toSeconds(), MINUTE.toSeconds(), TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    minutes.shutdownNow();
    recordCounts();
  }

  /** Records a use in its transaction if it is a token's first one, ever or of the day. */
  public Uni<Void> used(
      Mutiny.Session session,
      TenantId tenant,
      String keyId,
      @Nullable Instant lastUse,
      Instant now) {
    String first = first(lastUse, now);
    if (first == null) {
      return Uni.createFrom().voidItem();
    }
    Map<String, Object> login = about(keyId);
    login.put("first", first);
    login.put("result", "accepted");
    return outbox.add(session, tenant, RecordText.use("login", "login", tenant, now, login));
  }

  /** {@code ever} or {@code day}, or null for a use that is neither's first. */
  public static @Nullable String first(@Nullable Instant lastUse, Instant now) {
    if (lastUse == null) {
      return "ever";
    }
    return day(lastUse).isBefore(day(now)) ? "day" : null;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /**
   * Records, or counts, that a token was refused.
   *
   * @param keyId null when the tenant has no token of that id
   * @param reason {@code unknown_token}, {@code wrong_secret}, {@code expired} or {@code revoked}
   */
  public Uni<Void> refused(
      Mutiny.Session session, TenantId tenant, @Nullable String keyId, String reason, Instant now) {
    Refused what = new Refused(tenant, keyId, reason);
    if (refused.size() >= MOST_KNOWN && !refused.containsKey(what)) {
      LOG.warnf("too many refused admin tokens to record them all; one of %s", tenant);
      return Uni.createFrom().voidItem();
    }
    Count counted =
        refused.merge(
            what,
            new Count(now, now, 0),
            (before, one) ->
                new Count(before.times() == 0 ? now : before.from(), now, before.times() + 1));
    return counted.times() == 0
        ? outbox.add(session, tenant, record(what, new Count(now, now, 1), now))
        : Uni.createFrom().voidItem();
  }

  private void recordCounts() {
    for (Refused what : refused.keySet()) {
      Count count = refused.remove(what);
      if (count != null && count.times() > 0) {
        try {
          outbox
              .add(what.tenant(), record(what, count, clock.instant()))
              .await()
              .atMost(Duration.ofSeconds(5));
        } catch (RuntimeException e) {
          LOG.warnf("%d refused logins are not recorded: %s", count.times(), e.getMessage());
          // The database is away: the others wait for the next minute.
          return;
        }
      }
    }
  }

  private static OutboxRecord record(Refused what, Count count, Instant now) {
    Map<String, Object> login = about(what.keyId());
    login.put("count", count.times());
    login.put("from", RecordText.time(count.from()));
    login.put("reason", what.reason());
    login.put("result", "refused");
    login.put("to", RecordText.time(count.to()));
    return RecordText.use("login", "login", what.tenant(), now, login);
  }

  private static Map<String, Object> about(@Nullable String keyId) {
    Map<String, Object> by = new TreeMap<>();
    by.put("kind", "admin_token");
    if (keyId != null) {
      by.put("id", keyId);
    }
    Map<String, Object> login = new TreeMap<>();
    login.put("by", by);
    return login;
  }
}
