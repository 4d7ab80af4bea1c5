package app.meshguard.local.demo;

import app.meshguard.local.demo.Gateway.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What was decided and by what: as expected, as answered, or as recorded.
 *
 * @param decision allow, deny or pending_approval; the status, when the call was not decided at all
 */
record Verdict(String decision, @Nullable String policy, @Nullable String rule) {
  static final Verdict REFUSED = new Verdict("401", null, null);

  static Verdict allow(String policy, String rule) {
    return new Verdict("allow", policy, rule);
  }

  static Verdict deny(String policy, String rule) {
    return new Verdict("deny", policy, rule);
  }

  /** Denied because no rule of the policy lets the call pass. */
  static Verdict denyByDefault(String policy) {
    return new Verdict("deny", policy, null);
  }

  /** Of a decision in an answer of {@code /v1/check}, or of an entry of the audit log. */
  static Verdict of(JsonNode decided) {
    return new Verdict(
        decided.path("decision").asText(), text(decided, "policy"), text(decided, "rule"));
  }

  /** Of an answer on {@code /proxy}, where the status is the decision. */
  static Verdict ofProxy(Answer answer) {
    var body = answer.body();
    return switch (answer.status()) {
      case 200 -> new Verdict("allow", text(body, "policy"), text(body, "rule"));
      case 403, 429 ->
          new Verdict(
              "approval_required".equals(body.path("error").asText()) ? "pending_approval" : "deny",
              text(body, "policy"),
              text(body, "rule"));
      default -> new Verdict(Integer.toString(answer.status()), null, null);
    };
  }

  /** Of an answer of {@code /v1/check}. */
  static Verdict ofCheck(Answer answer) {
    return answer.status() == 200
        ? of(answer.body())
        : new Verdict(Integer.toString(answer.status()), null, null);
  }

  private static @Nullable String text(JsonNode node, String field) {
    var value = node.path(field);
    return value.isTextual() ? value.textValue() : null;
  }
}
