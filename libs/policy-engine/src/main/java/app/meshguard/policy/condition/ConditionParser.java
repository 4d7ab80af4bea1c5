package app.meshguard.policy.condition;

import app.meshguard.policy.value.NearestName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression: {@code OR}, {@code AND} and {@code NOT} of comparisons, in this order from
 * the loosest to the tightest.
 */
public final class ConditionParser {
  private static final int MAX_BYTES = 4_096;

  private final Tokens tokens;
  private final ComparisonParser comparisons;

  private ConditionParser(Tokens tokens) {
    this.tokens = tokens;
    this.comparisons = new ComparisonParser(tokens, new ValueParser(tokens, this));
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
    ConditionParser parser = new ConditionParser(new Tokens(Lexer.tokens(source)));
    int start = parser.tokens.peek().offset();
    Condition condition = condition(parser.anything(), start);
    parser.expectEnd();
    if (Conditions.hasMisplacedLimit(condition)) {
      throw new ConditionProblem(
          start,
          "rate_limit and budget may stand only as a whole condition or an operand of a top-level"
              + " AND; give it an entry of its own in the list of conditions");
    }
    return condition;
  }

  private void expectEnd() throws ConditionProblem {
    Token rest = tokens.peek();
    if (rest.kind() == Token.Kind.END) {
      return;
    }
    boolean operator = rest.kind() == Token.Kind.WORD && tokens.followWord();
    throw new ConditionProblem(
        rest.offset(),
        operator
            ? rest.shown() + " is no operator" + NearestName.hint(rest.text(), Keywords.ALL)
            : rest.shown() + " does not belong here; join conditions with AND or OR");
  }

  /** A condition or, where no operator makes one of it, a value. */
  Operand anything() throws ConditionProblem {
    int offset = tokens.peek().offset();
    Operand first = and();
    if (!tokens.peek().isWord("OR")) {
      return first;
    }
    List<Condition> all = new ArrayList<>();
    all.add(condition(first, offset));
    while (tokens.takeWord("OR")) {
      int next = tokens.peek().offset();
      all.add(condition(and(), next));
    }
    return new Disjunction(all);
  }

  private Operand and() throws ConditionProblem {
    int offset = tokens.peek().offset();
    Operand first = not();
    if (!tokens.peek().isWord("AND")) {
      return first;
    }
    List<Condition> all = new ArrayList<>();
    all.add(condition(first, offset));
    while (tokens.takeWord("AND")) {
      int next = tokens.peek().offset();
      all.add(condition(not(), next));
    }
    return new Conjunction(all);
  }

  private Operand not() throws ConditionProblem {
    if (!tokens.peek().isWord("NOT")) {
      return comparisons.comparison();
    }
    tokens.enter(tokens.take());
    int offset = tokens.peek().offset();
    Condition negated = condition(not(), offset);
    tokens.leave();
    return new Negation(negated);
  }

  private static Condition condition(Operand operand, int offset) throws ConditionProblem {
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
}
