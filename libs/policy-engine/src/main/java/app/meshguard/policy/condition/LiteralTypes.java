package app.meshguard.policy.condition;

import app.meshguard.policy.value.NearestName;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds attributes of a known type that are compared with a constant of another. */
public final class LiteralTypes {
  private final List<String> problems = new ArrayList<>();

  private LiteralTypes() {}

  /** What is wrong, one sentence each, with what to write. */
  public static List<String> problems(Condition condition) {
    LiteralTypes types = new LiteralTypes();
    types.look(condition);
    return types.problems;
  }

  private void look(Operand operand) {
    switch (operand) {
      case Comparison comparison -> {
        compare(comparison.left(), comparison.right());
        compare(comparison.right(), comparison.left());
      }
      case Membership membership
          when membership.container() instanceof Literal literal
              && literal.constant() instanceof List<?> items ->
          items.forEach(item -> compare(membership.member(), new Literal(item)));
      default -> operand.parts().forEach(this::look);
    }
  }

  private void compare(Operand operand, Operand other) {
    if (!(operand instanceof Attribute attribute) || !(other instanceof Literal literal)) {
      return;
    }
    Object constant = literal.constant();
    String shown = NearestValue.shown(constant);
    if (isList(attribute)) {
      if (!(constant instanceof List<?>)) {
        problems.add(
            attribute.text()
                + " is a list and never equals "
                + shown
                + "; write "
                + attribute.text()
                + " CONTAINS "
                + shown);
      }
    } else if (isNumber(attribute) && !(constant instanceof BigDecimal)) {
      problems.add(attribute.text() + " is a number, and " + shown + " is none; write a number");
    } else if (isText(attribute) && !(constant instanceof String)) {
      problems.add(attribute.text() + " is a text, and " + shown + " is none; put it in quotes");
    } else if (constant instanceof String text) {
      rank(attribute, text);
    }
  }

  private void rank(Attribute attribute, String text) {
    List<String> known = null;
    if (attribute.isAgents("trust_tier") && TrustTier.parse(text).isEmpty()) {
      known = Arrays.stream(TrustTier.values()).map(TrustTier::text).toList();
    } else if (attribute.isAgents("risk_level") && RiskLevel.parse(text).isEmpty()) {
      known = Arrays.stream(RiskLevel.values()).map(RiskLevel::text).toList();
    }
    if (known != null) {
      problems.add(
          "'" + text + "' is no " + attribute.path().getFirst() + NearestName.hint(text, known));
    }
  }

  private static boolean isList(Attribute attribute) {
    return attribute.isAgents("tags") || attribute.isAgents("roles");
  }

  private static boolean isNumber(Attribute attribute) {
    return Contradiction.clockRange(attribute) != null
        || (attribute.root() == Attribute.Root.DELEGATION
            && attribute.path().equals(List.of("depth")));
  }

  private static boolean isText(Attribute attribute) {
    String name = attribute.path().isEmpty() ? "" : attribute.path().getFirst();
    return switch (attribute.root()) {
      case ACTION -> true;
      case TIME -> Contradiction.clockRange(attribute) == null;
      case AGENT ->
          List.of("id", "name", "trust_tier", "risk_level", "department", "owner").contains(name)
              && attribute.path().size() == 1;
      case REQUEST, RESOURCE, DELEGATION, TENANT, ENV -> false;
    };
  }
}
