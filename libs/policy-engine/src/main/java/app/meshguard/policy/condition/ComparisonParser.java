package app.meshguard.policy.condition;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads two values and what stands between them, or one value alone. */
final class ComparisonParser {
  private final Tokens tokens;
  private final ValueParser values;

  ComparisonParser(Tokens tokens, ValueParser values) {
    this.tokens = tokens;
    this.values = values;
  }

  Operand comparison() throws ConditionProblem {
    Operand left = values.value();
    Token operator = tokens.peek();
    return switch (operator.kind()) {
      case SYMBOL -> symbol(left, operator);
      case WORD -> word(left, operator);
      case NUMBER, TEXT, END -> left;
    };
  }

  private Operand symbol(Operand left, Token operator) throws ConditionProblem {
    Comparison.Operator symbol = operatorOf(operator.text());
    if (symbol == null) {
      return left;
    }
    tokens.take();
    return notChained(Comparison.of(left, symbol, values.value()));
  }

  private static Comparison.@Nullable Operator operatorOf(String symbol) {
    for (Comparison.Operator operator : Comparison.Operator.values()) {
      if (operator.text().equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  private Operand notChained(Condition condition) throws ConditionProblem {
    Token next = tokens.peek();
    if (next.kind() == Token.Kind.SYMBOL && operatorOf(next.text()) != null) {
      throw new ConditionProblem(
          next.offset(), "comparisons cannot be chained; join two of them with AND");
    }
    return condition;
  }

  private Operand word(Operand left, Token operator) throws ConditionProblem {
    String keyword = operator.text().toUpperCase(Locale.ROOT);
    if (keyword.equals("AND") || keyword.equals("OR") || !Keywords.isOne(keyword)) {
      return left;
    }
    tokens.take();
    return notChained(
        switch (keyword) {
          case "IN" -> Membership.in(left, list());
          case "NOT" -> notIn(left, operator);
          case "CONTAINS" -> Membership.contains(left, values.value());
          case "STARTS_WITH" -> new TextTest(left, textPart(), true);
          case "ENDS_WITH" -> new TextTest(left, textPart(), false);
          case "MATCHES" -> new PatternTest(left, pattern(false));
          case "MATCHES_PATH" -> new PatternTest(left, pattern(true));
          default -> throw new IllegalStateException("no operator " + keyword);
        });
  }

  private Condition notIn(Operand left, Token not) throws ConditionProblem {
    if (!tokens.takeWord("IN")) {
      throw new ConditionProblem(
          not.offset(), "NOT between two values needs IN; else put NOT before the comparison");
    }
    return new Negation(Membership.in(left, list()));
  }

  private Operand list() throws ConditionProblem {
    int offset = tokens.peek().offset();
    Operand list = values.value();
    if (list instanceof Literal literal && !(literal.constant() instanceof List<?>)) {
      throw new ConditionProblem(offset, "IN needs a list; write ['a', 'b']");
    }
    return list;
  }

  private Operand textPart() throws ConditionProblem {
    int offset = tokens.peek().offset();
    Operand part = values.value();
    if (part instanceof Literal literal && !(literal.constant() instanceof String)) {
      throw new ConditionProblem(
          offset, "a text is needed here; for one of several join conditions with OR");
    }
    return part;
  }

  private TextPattern pattern(boolean path) throws ConditionProblem {
    Token token = tokens.take();
    if (token.kind() != Token.Kind.TEXT) {
      throw new ConditionProblem(
          token.offset(), "the pattern must be a text in quotes, not " + token.shown());
    }
    try {
      return path ? TextPattern.path(token.text()) : TextPattern.matching(token.text());
    } catch (IllegalArgumentException e) {
      throw new ConditionProblem(token.offset(), String.valueOf(e.getMessage()));
    }
  }
}
