package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a value: arithmetic of literals, lists, paths, calls and what stands in parentheses. */
final class ValueParser {
  private static final int MAX_DIGITS = 34;
  private static final int MAX_EXPONENT = 6_144;

  private final Tokens tokens;
  private final ConditionParser conditions;

  /**
   * @param conditions reads what stands in parentheses
   */
  ValueParser(Tokens tokens, ConditionParser conditions) {
    this.tokens = tokens;
    this.conditions = conditions;
  }

  Operand value() throws ConditionProblem {
    Operand left = product();
    while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
      char operator = tokens.take().text().charAt(0);
      left = new Arithmetic(left, operator, product());
    }
    return left;
  }

  private Operand product() throws ConditionProblem {
    Operand left = signed();
    while (tokens.peek().isSymbol("*") || tokens.peek().isSymbol("/")) {
      char operator = tokens.take().text().charAt(0);
      left = new Arithmetic(left, operator, signed());
    }
    return left;
  }

  private Operand signed() throws ConditionProblem {
    if (!tokens.peek().isSymbol("-")) {
      return primary();
    }
    tokens.enter(tokens.take());
    Operand operand = signed();
    tokens.leave();
    return operand instanceof Literal literal && literal.constant() instanceof BigDecimal number
        ? new Literal(number.negate())
        : new Arithmetic(new Literal(BigDecimal.ZERO), '-', operand);
  }

  private Operand primary() throws ConditionProblem {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NUMBER -> new Literal(number(token));
      case TEXT -> new Literal(token.text());
      case WORD -> word(token);
      case SYMBOL -> bracket(token);
      case END ->
          throw new ConditionProblem(token.offset(), "the expression ends where a value is needed");
    };
  }

  private static BigDecimal number(Token token) throws ConditionProblem {
    try {
      BigDecimal number = new BigDecimal(token.text());
      long exponent = (long) number.precision() - number.scale() - 1;
      if (number.precision() <= MAX_DIGITS && Math.abs(exponent) <= MAX_EXPONENT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // an exponent that no int holds: as out of range as the others
    }
    throw new ConditionProblem(
        token.offset(), "the number is out of range: at most 34 digits, exponents up to 6144");
  }

  private Operand bracket(Token open) throws ConditionProblem {
    if (open.text().equals("(")) {
      tokens.enter(open);
      Operand inside = conditions.anything();
      tokens.expect(")");
      tokens.leave();
      return inside;
    }
    if (open.text().equals("[")) {
      return ListOperand.of(listed(open, "]"));
    }
    throw new ConditionProblem(open.offset(), "expected a value but found " + open.shown());
  }

  /** Values with commas between them, up to the symbol that closes them. */
  private List<Operand> listed(Token open, String close) throws ConditionProblem {
    tokens.enter(open);
    List<Operand> items = new ArrayList<>();
    while (!tokens.peek().isSymbol(close)) {
      items.add(value());
      if (!tokens.peek().isSymbol(close)) {
        tokens.expect(",");
      }
    }
    tokens.take();
    tokens.leave();
    return items;
  }

  private Operand word(Token word) throws ConditionProblem {
    switch (word.text().toLowerCase(Locale.ROOT)) {
      case "true":
        return new Literal(Boolean.TRUE);
      case "false":
        return new Literal(Boolean.FALSE);
      case "null":
        return new Literal(JsonNull.NULL);
      default:
        break;
    }
    if (Keywords.isOne(word.text())) {
      throw new ConditionProblem(word.offset(), "expected a value but found " + word.shown());
    }
    return tokens.peek().isSymbol("(")
        ? FunctionCall.read(word, listed(tokens.take(), ")"))
        : attribute(word);
  }

  private Operand attribute(Token first) throws ConditionProblem {
    List<String> parts = new ArrayList<>();
    parts.add(first.text());
    while (tokens.takeSymbol(".")) {
      Token part = tokens.take();
      if (part.kind() != Token.Kind.WORD) {
        throw new ConditionProblem(
            part.offset(), "expected a name after '.' but found " + part.shown());
      }
      parts.add(part.text());
    }
    try {
      return Attribute.of(parts);
    } catch (IllegalArgumentException e) {
      throw new ConditionProblem(first.offset(), String.valueOf(e.getMessage()));
    }
  }
}
