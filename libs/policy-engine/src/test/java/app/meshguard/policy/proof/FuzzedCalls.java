package app.meshguard.policy.proof;

import app.meshguard.policy.Agent;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls that fuzzed policies have to decide: plain ones, and some that are as long as may be.
 */
final class FuzzedCalls {
  static final Path CASES = Path.of(System.getProperty("basedir", "."), "src/test/resources/cases");
  static final Agent AGENT =
      new Agent(
          "agent_1",
          "case-agent",
          TrustTier.TRUSTED,
          RiskLevel.HIGH,
          Set.of("x", "support", "enterprise"),
          Set.of("ops"),
          "ann",
          "motor",
          Map.of("team", "blue"),
          false);

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** As long as the decision-service lets an action be. */
  private static final int ACTION = 512;

  private static final String LONG = "ab/./.x".repeat(1_000);

  /** Counting what is covered, in a JVM that has just begun, makes the engine ten times slower. */
  private static final Duration IN_TIME =
      Duration.ofMillis(System.getenv("JAZZER_FUZZ") == null ? 5 : 50);

  static final List<Call> CALLS =
      List.of(
          call("read:x", Map.of("amount", new BigDecimal("50"), "x", "a", "y", true)),
          call("read", Map.of("x", JsonNull.NULL, "a", Map.of("b", List.of("x")))),
          call("write:refund", Map.of("amount", "5", "to", "ann", "ip", "10.0.0.1")),
          call("a", Map.of("n", new BigDecimal("1E+6000"), "at", "2026-11-20T11:59:00Z")),
          call(
              "read:" + LONG.substring(0, ACTION - 5),
              Map.of("x", LONG, "path", LONG, "a", LONG, "b", LONG)),
          call(
              "write:" + "a".repeat(ACTION - 6),
              Map.of("x", Collections.nCopies(5_000, "a"), "a", "a".repeat(8_000), "b", "a")));

  private FuzzedCalls() {}

  private static Call call(String action, Map<String, Object> context) {
    return new Call(action, "order-7", context, NOON);
  }

  static void decideInTime(AgentPolicies policies, String shown) {
    for (Call call : CALLS) {
      Patience.within(IN_TIME, () -> policies.evaluate(call), () -> call.action() + "\n" + shown);
    }
  }
}
