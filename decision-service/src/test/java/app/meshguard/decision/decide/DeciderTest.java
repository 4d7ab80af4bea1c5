package app.meshguard.decision.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.SignedBundles;
import app.meshguard.decision.approval.TestApprovals;
import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.bundle.TestBundles;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.CredentialKind;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.limit.LimitResult;
import app.meshguard.decision.limit.Limits;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.bundle.DirectorySection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private static final Limits TAKEN =
      request -> CompletableFuture.completedFuture(new LimitResult.Taken());
  private static final Limits AWAY =
      request -> CompletableFuture.completedFuture(new LimitResult.Unavailable());

  private final List<Map<String, Object>> records = new ArrayList<>();

  @Test
  void aTenantThatIsOnlyAuditedIsNeverBlocked() {
    for (String action : List.of("delete:everything", "write:letter")) {
      Decision decision = decide("audit", "enforce", action, TAKEN);
      assertInstanceOf(Decision.Allow.class, decision);
      assertFalse(decision.decided().enforced());
      assertNull(decision.decided().approvalId(), "nobody has to approve what has passed");
    }
    assertEquals("deny", records.get(0).get("decision"));
    assertEquals("pending_approval", records.get(1).get("decision"));
    for (Map<String, Object> written : records) {
      assertEquals(false, written.get("enforced"));
      assertEquals("audit", written.get("mode"));
    }
  }

  @Test
  void whatIsAllowedAnywayCountsAsEnforced() {
    assertTrue(decide("audit", "enforce", "read:api/claims", TAKEN).decided().enforced());
    assertEquals(true, records.getFirst().get("enforced"));
    assertEquals("audit", records.getFirst().get("mode"));
  }

  @Test
  void theWholeServiceCanBeOnlyAudited() {
    assertInstanceOf(Decision.Allow.class, decide("enforce", "audit", "delete:everything", TAKEN));
    assertInstanceOf(Decision.Deny.class, decide("enforce", "enforce", "delete:everything", TAKEN));
    assertEquals("enforce", records.getLast().get("mode"));
  }

  @Test
  void aLimitThatCannotBeCountedBlocksOnlyWhereItIsEnforced() {
    assertInstanceOf(Decision.Allow.class, decide("audit", "enforce", "write:email", AWAY));
    assertEquals(
        ProblemCode.LIMIT_UNAVAILABLE,
        refusal(() -> decide("enforce", "enforce", "write:email", AWAY)).code());
    assertEquals(1, records.size(), "what was not decided is not recorded");
  }

  @Test
  void recordsMoreWhereThePolicyAsksForIt() {
    decide("enforce", "enforce", "read:api/claims", TAKEN);
    assertFalse(audit().containsKey("trace"));

    decide("enforce", "enforce", "read:detailed", TAKEN);
    assertEquals("detailed", audit().get("level"));
    Map<String, Object> rule = tracedRule();
    assertEquals("allow-read:detailed", rule.get("rule"));
    assertEquals(true, rule.get("held"));
    assertFalse(rule.containsKey("conditions"));

    decide("enforce", "enforce", "read:enhanced", TAKEN);
    assertEquals("enhanced", audit().get("level"));
    Map<String, Object> condition = first(tracedRule().get("conditions"));
    assertEquals("request.amount <= 1000", condition.get("condition"));
    assertEquals(Map.of("request.amount", BigDecimal.ONE), condition.get("values"));
  }

  private Map<String, Object> tracedRule() {
    return first(first(audit().get("trace")).get("rules"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> audit() {
    return (Map<String, Object>) records.getLast().get("audit");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(Object list) {
    return ((List<Map<String, Object>>) list).getFirst();
  }

  @Test
  void recordsWhatWasToldWhereNoRuleGaveAReason() {
    decide("enforce", "enforce", "delete:everything", TAKEN);
    assertEquals("No policy allows delete:everything", records.getLast().get("reason"));
    decide("enforce", "enforce", "read:api/claims", TAKEN);
    assertEquals(JsonNull.NULL, records.getLast().get("reason"));
  }

  @Test
  void decidesNothingOnDataThatIsTooOld() {
    Instant heard = Instant.parse("2026-11-20T12:00:00Z");
    Duration bound = Duration.ofSeconds(900);
    assertInstanceOf(Decision.Allow.class, decideLater(heard, bound));
    assertEquals(
        ProblemCode.DATA_TOO_OLD, refusal(() -> decideLater(heard, bound.plusMillis(1))).code());
    assertEquals(1, records.size());
  }

  private Decision decideLater(Instant heard, Duration later) {
    SteppingClock clock = new SteppingClock(heard);
    TenantBundle bundle = bundle("enforce");
    Bundles bundles = TestBundles.holding(bundle, clock);
    clock.now = heard.plus(later);
    return decide(bundle, bundles, "enforce", "read:api/claims", TAKEN);
  }

  private Decision decide(String tenantMode, String serviceMode, String action, Limits limits) {
    TenantBundle bundle = bundle(tenantMode);
    Bundles bundles = TestBundles.holding(bundle, Clock.systemUTC());
    return decide(bundle, bundles, serviceMode, action, limits);
  }

  private Decision decide(
      TenantBundle bundle, Bundles bundles, String serviceMode, String action, Limits limits) {
    Decider decider =
        new Decider(
            bundles,
            limits,
            new DecisionLog(
                (tenant, stored, home, waiter) -> {
                  records.add(JsonReading.record(stored.getFirst()));
                  waiter.stored();
                },
                new RecordText(TestBundles.replica("decision-1"), "0.2.0"),
                new DecisionMeter(new SimpleMeterRegistry()),
                request -> CompletableFuture.completedFuture(true)),
            TestApprovals.ids(),
            new DecisionTime(Optional.empty(), Clock.systemUTC()),
            new Mode(serviceMode),
            new Explanations());
    Caller caller =
        new Caller(
            bundle,
            Objects.requireNonNull(bundle.directory().agentById(ExampleTenant.CLAIMS)),
            CredentialKind.AGENT_TOKEN,
            "jti");
    return decider
        .decide(
            new AgentCall(
                new Identification.Identified(caller),
                action,
                null,
                Map.of("amount", BigDecimal.ONE),
                "t-1",
                null,
                Surface.CHECK,
                false,
                false,
                Runnable::run,
                System.nanoTime()))
        .join();
  }

  private static CannotDecide refusal(Runnable decision) {
    Throwable failure = assertThrows(CompletionException.class, decision::run);
    return assertInstanceOf(CannotDecide.class, failure.getCause());
  }

  private static TenantBundle bundle(String mode) {
    SignedBundles.Bundle example = ExampleTenant.bundle();
    DirectorySection directory = example.directory();
    return TestBundles.compile(
        new SignedBundles.Bundle(
            example.policies(),
            new DirectorySection(
                1,
                ExampleTenant.ID,
                directory.version(),
                new DirectorySection.Settings(
                    "Insurer", "free", "UTC", mode, 900, Map.of(), Map.of()),
                directory.agents(),
                directory.keys(),
                directory.targets()),
            example.revocations()));
  }

  /** Stands where it is put. */
  private static final class SteppingClock extends Clock {
    private Instant now;

    SteppingClock(Instant now) {
      this.now = now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
