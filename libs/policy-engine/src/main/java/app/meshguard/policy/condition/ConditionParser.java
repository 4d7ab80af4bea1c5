package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads an expression: {@code OR}, {@code AND}, {@code NOT}, comparison, {@code + -}, {@code * /}.
 */
public final class ConditionParser {
  private static final int MAX_BYTES = 4_096;
  private static final int MAX_DEPTH = 32;
  private static final Set<String> KEYWORDS =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "IN",
          "CONTAINS",
          "STARTS_WITH",
          "ENDS_WITH",
          "MATCHES",
          "MATCHES_PATH");

  private final List<Token> tokens;
  private int at;
  private int depth;

  private ConditionParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Reads one expression as a condition. */
  public static Condition parse(String source) throws ConditionProblem {
    if (source.length() > MAX_BYTES || source.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new ConditionProblem(
          0, "the expression is longer than 4 KiB; split it into several conditions");
    }
    if (source.isBlank()) {
      throw new ConditionProblem(0, "the condition is empty; write one, or remove the entry");
    }
    ConditionParser parser = new ConditionParser(Lexer.tokens(source));
    Condition condition = parser.condition(parser.or(), 0);
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new ConditionProblem(rest.offset(), parser.unexpected(rest));
    }
    if (Conditions.hasMisplacedLimit(condition)) {
      throw new ConditionProblem(
          0,
          "rate_limit and budget may stand only as a whole condition or an operand of a top-level AND; give it"
              + " an entry of its own in the list of conditions");
    }
    return condition;
  }

  private String unexpected(Token token) {
    if (token.kind() == Token.Kind.WORD && at > 0 && tokens.get(at - 1).kind() == Token.Kind.WORD) {
      List<String> known = KEYWORDS.stream().sorted().toList();
      return token.shown()
          + " is no operator"
          + app.meshguard.policy.value.NearestName.hint(token.text(), known);
    }
    return token.shown() + " does not belong here; join conditions with AND or OR";
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private boolean takeWord(String keyword) {
    boolean found = peek().isWord(keyword);
    if (found) {
      take();
    }
    return found;
  }

  private boolean takeSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    if (found) {
      take();
    }
    return found;
  }

  private void expect(String symbol) throws ConditionProblem {
    Token token = peek();
    if (!takeSymbol(symbol)) {
      throw new ConditionProblem(
          token.offset(), "expected '" + symbol + "' but found " + token.shown());
    }
  }

  private void enter(int offset) throws ConditionProblem {
    if (++depth > MAX_DEPTH) {
      throw new ConditionProblem(
          offset, "the expression is nested deeper than 32 levels; split it");
    }
  }

  private Condition condition(Operand operand, int offset) throws ConditionProblem {
    return switch (operand) {
      case Condition condition -> condition;
      case Attribute attribute -> new Holds(attribute);
      case Literal literal when literal.constant() instanceof Boolean -> new Holds(literal);
      case Literal unused -> throw noCondition(offset);
      case ListOperand unused -> throw noCondition(offset);
      case Arithmetic unused -> throw noCondition(offset);
      case Function unused -> throw noCondition(offset);
    };
  }

  private static ConditionProblem noCondition(int offset) {
    return new ConditionProblem(
        offset, "this is a value and no condition; compare it, for example with ==");
  }

  private Operand or() throws ConditionProblem {
    int offset = peek().offset();
    Operand first = and();
    if (!peek().isWord("OR")) {
      return first;
    }
    List<Condition> all = new ArrayList<>();
    all.add(condition(first, offset));
    while (takeWord("OR")) {
      int next = peek().offset();
      all.add(condition(and(), next));
    }
    return new Disjunction(all);
  }

  private Operand and() throws ConditionProblem {
    int offset = peek().offset();
    Operand first = not();
    if (!peek().isWord("AND")) {
      return first;
    }
    List<Condition> all = new ArrayList<>();
    all.add(condition(first, offset));
    while (takeWord("AND")) {
      int next = peek().offset();
      all.add(condition(not(), next));
    }
    return new Conjunction(all);
  }

  private Operand not() throws ConditionProblem {
    if (!peek().isWord("NOT")) {
      return comparison();
    }
    enter(take().offset());
    int offset = peek().offset();
    Condition negated = condition(not(), offset);
    depth--;
    return new Negation(negated);
  }

  @SuppressWarnings("ReferenceEquality") // whether the very same came back
  private Operand comparison() throws ConditionProblem {
    Operand left = sum();
    Token operator = peek();
    Operand result = comparisonAfter(left, operator);
    if (result != left && isComparison(peek())) {
      throw new ConditionProblem(
          peek().offset(), "comparisons cannot be chained; join two of them with AND");
    }
    return result;
  }

  private static boolean isComparison(Token token) {
    return token.kind() == Token.Kind.SYMBOL && operatorOf(token.text()) != null;
  }

  private static Comparison.@org.jspecify.annotations.Nullable Operator operatorOf(String symbol) {
    for (Comparison.Operator operator : Comparison.Operator.values()) {
      if (operator.text().equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  private Operand comparisonAfter(Operand left, Token operator) throws ConditionProblem {
    if (operator.kind() == Token.Kind.SYMBOL) {
      Comparison.Operator symbol = operatorOf(operator.text());
      if (symbol == null) {
        return left;
      }
      take();
      return Comparison.of(left, symbol, sum());
    }
    if (operator.kind() != Token.Kind.WORD) {
      return left;
    }
    return switch (operator.text().toUpperCase(Locale.ROOT)) {
      case "IN" -> {
        take();
        yield Membership.in(left, listAfterIn());
      }
      case "NOT" -> notIn(left, operator);
      case "CONTAINS" -> {
        take();
        yield Membership.contains(left, sum());
      }
      case "STARTS_WITH" -> {
        take();
        yield new TextTest(left, textPart(), true);
      }
      case "ENDS_WITH" -> {
        take();
        yield new TextTest(left, textPart(), false);
      }
      case "MATCHES" -> {
        take();
        yield new PatternTest(left, pattern(false));
      }
      case "MATCHES_PATH" -> {
        take();
        yield new PatternTest(left, pattern(true));
      }
      default -> left;
    };
  }

  private Operand notIn(Operand left, Token not) throws ConditionProblem {
    take();
    if (!takeWord("IN")) {
      throw new ConditionProblem(
          not.offset(), "NOT between two values needs IN; else put NOT before the comparison");
    }
    return new Negation(Membership.in(left, listAfterIn()));
  }

  private Operand listAfterIn() throws ConditionProblem {
    int offset = peek().offset();
    Operand list = sum();
    if (list instanceof Literal literal && !(literal.constant() instanceof List<?>)) {
      throw new ConditionProblem(offset, "IN needs a list; write ['a', 'b']");
    }
    return list;
  }

  private Operand textPart() throws ConditionProblem {
    int offset = peek().offset();
    Operand part = sum();
    if (part instanceof Literal literal && !(literal.constant() instanceof String)) {
      throw new ConditionProblem(
          offset, "a text is needed here; for one of several join conditions with OR");
    }
    return part;
  }

  private TextPattern pattern(boolean path) throws ConditionProblem {
    Token token = take();
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

  private Operand sum() throws ConditionProblem {
    Operand left = product();
    while (peek().isSymbol("+") || peek().isSymbol("-")) {
      char operator = take().text().charAt(0);
      left = new Arithmetic(left, operator, product());
    }
    return left;
  }

  private Operand product() throws ConditionProblem {
    Operand left = signed();
    while (peek().isSymbol("*") || peek().isSymbol("/")) {
      char operator = take().text().charAt(0);
      left = new Arithmetic(left, operator, signed());
    }
    return left;
  }

  private Operand signed() throws ConditionProblem {
    if (!peek().isSymbol("-")) {
      return primary();
    }
    enter(take().offset());
    Operand operand = signed();
    depth--;
    return operand instanceof Literal literal && literal.constant() instanceof BigDecimal number
        ? new Literal(number.negate())
        : new Arithmetic(new Literal(BigDecimal.ZERO), '-', operand);
  }

  private Operand primary() throws ConditionProblem {
    Token token = take();
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
      if (number.precision() <= 34 && Math.abs(exponent) <= 6_144) {
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
      enter(open.offset());
      Operand inside = or();
      expect(")");
      depth--;
      return inside;
    }
    if (open.text().equals("[")) {
      enter(open.offset());
      List<Operand> items = new ArrayList<>();
      while (!peek().isSymbol("]")) {
        items.add(sum());
        if (!peek().isSymbol("]")) {
          expect(",");
        }
      }
      take();
      depth--;
      return ListOperand.of(items);
    }
    throw new ConditionProblem(open.offset(), "expected a value but found " + open.shown());
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
    if (KEYWORDS.contains(word.text().toUpperCase(Locale.ROOT))) {
      throw new ConditionProblem(word.offset(), "expected a value but found " + word.shown());
    }
    return peek().isSymbol("(") ? call(word) : attribute(word);
  }

  private Operand attribute(Token first) throws ConditionProblem {
    List<String> parts = new ArrayList<>();
    parts.add(first.text());
    while (takeSymbol(".")) {
      Token part = take();
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

  private Operand call(Token name) throws ConditionProblem {
    enter(take().offset());
    List<Operand> arguments = new ArrayList<>();
    while (!peek().isSymbol(")")) {
      arguments.add(sum());
      if (!peek().isSymbol(")")) {
        expect(",");
      }
    }
    take();
    depth--;
    return FunctionCall.read(name, arguments);
  }
}
