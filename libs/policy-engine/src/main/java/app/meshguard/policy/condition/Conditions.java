package app.meshguard.policy.condition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All that must hold for a rule, entry by entry as its author stated it, and the limits that are to
 * be taken then.
 */
public record Conditions(List<Stated> entries, List<LimitTerm> limits) {
  /** No condition: always true. */
  public static final Conditions NONE = new Conditions(List.of(), List.of());

  /** One condition with its text. */
  public record Stated(String text, Condition condition) {
    /** The attributes that the condition looks at, each once. */
    public List<Attribute> attributes() {
      Map<String, Attribute> found = new LinkedHashMap<>();
      everyOperand(
          condition,
          operand -> {
            if (operand instanceof Attribute attribute) {
              found.putIfAbsent(attribute.text(), attribute);
            }
          });
      return List.copyOf(found.values());
    }
  }

  public Conditions {
    entries = List.copyOf(entries);
    limits = List.copyOf(limits);
  }

  /**
   * All of the given conditions. A limit that is a whole condition, or an operand of a top-level
   * AND, is set apart.
   */
  public static Conditions of(List<Stated> stated) {
    List<LimitTerm> limits = new ArrayList<>();
    for (Stated entry : stated) {
      topLevel(entry.condition())
          .filter(LimitTerm.class::isInstance)
          .forEach(limit -> limits.add((LimitTerm) limit));
    }
    return new Conditions(stated, limits);
  }

  static Stream<Condition> topLevel(Condition condition) {
    return condition instanceof Conjunction all
        ? all.conditions().stream().flatMap(Conditions::topLevel)
        : Stream.of(condition);
  }

  /** Walks without calling itself: a sum of 2,000 numbers is that deep. */
  private static void everyOperand(Operand root, Consumer<Operand> found) {
    ArrayDeque<Operand> waiting = new ArrayDeque<>(List.of(root));
    while (!waiting.isEmpty()) {
      Operand operand = waiting.removeFirst();
      found.accept(operand);
      List<Operand> parts = operand.parts();
      for (int i = parts.size() - 1; i >= 0; i--) {
        waiting.addFirst(parts.get(i));
      }
    }
  }

  /** How many limits stand anywhere in the condition. */
  private static long limitsWithin(Condition condition) {
    List<Operand> limits = new ArrayList<>();
    everyOperand(
        condition,
        operand -> {
          if (operand instanceof LimitTerm) {
            limits.add(operand);
          }
        });
    return limits.size();
  }

  /** How long its regular expressions are, counted repeats written out. */
  static long regexSize(Condition condition) {
    long[] size = new long[1];
    everyOperand(
        condition,
        operand -> {
          if (operand instanceof PatternTest test
              && test.pattern() instanceof TextPattern.Regex regex) {
            size[0] += WrittenOut.size(regex.pattern().pattern());
          }
        });
    return size[0];
  }

  /** Whether a limit stands where it could not be taken: under OR, NOT or in a comparison. */
  public static boolean hasMisplacedLimit(Condition condition) {
    return limitsWithin(condition)
        != topLevel(condition).filter(LimitTerm.class::isInstance).count();
  }

  /** Whether all hold; missing when none is false and one is missing. */
  public Truth test(Facts facts) {
    Truth result = Truth.TRUE;
    for (int i = 0; i < entries.size(); i++) {
      Truth one = entries.get(i).condition().test(facts);
      if (one == Truth.FALSE) {
        return Truth.FALSE;
      }
      if (one == Truth.MISSING) {
        result = Truth.MISSING;
      }
    }
    return result;
  }

  /** The tree of a list: every condition must hold. */
  public static Condition all(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new Conjunction(conditions);
  }

  /** One of the conditions must hold. */
  public static Condition any(List<Condition> conditions) {
    return conditions.size() == 1 ? conditions.getFirst() : new Disjunction(conditions);
  }

  /** The condition must not hold. */
  public static Condition not(Condition condition) {
    return new Negation(condition);
  }
}
