package app.meshguard.bench.claims;

import java.util.List;
import java.util.Map;

/**
 * One call of an insurer's agent, and what the enterprise claims policy says to it. Every engine
 * that is measured gets these, in this order.
 */
public record ClaimsCall(
    String name, String verb, String kind, Map<String, Object> context, boolean allowed) {
  /** Tags that make the policy apply. */
  public static final List<String> TAGS = List.of("claims-processing", "enterprise");

  public static final String DEPARTMENT = "claims";
  public static final String RESOURCE = "claim-20417";

  /** Two of five are allowed; each denial has another cause. */
  public static final List<ClaimsCall> MIX =
      List.of(
          new ClaimsCall(
              "own department's claim", "read", "claims", Map.of("department", "claims"), true),
          new ClaimsCall("small claim", "write", "claim_approval", claim(1_000, 0.49), true),
          new ClaimsCall("medium claim", "write", "claim_approval", claim(5_000, 0.2), false),
          new ClaimsCall("large claim", "write", "claim_approval", claim(25_000, 0.2), false),
          new ClaimsCall(
              "other department's claim", "read", "claims", Map.of("department", "fleet"), false));

  public ClaimsCall {
    context = Map.copyOf(context);
  }

  /** As MeshGuard and OPA name it. */
  public String action() {
    return verb + ":" + kind;
  }

  private static Map<String, Object> claim(int amount, double risk) {
    return Map.of("amount", amount, "risk_score", risk, "compliance_tags", List.of("gdpr"));
  }
}
