package app.meshguard.policy.condition;

import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.NearestName;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operators of the map form. A list after a positive one means any of its items, after a
 * negative one none of them.
 */
public enum MapOperator {
  EQUALS("equals"),
  NOT_EQUALS("notEquals"),
  IN("in"),
  NOT_IN("notIn"),
  LT("lt"),
  LTE("lte"),
  GT("gt"),
  GTE("gte"),
  STARTS_WITH("startsWith"),
  ENDS_WITH("endsWith"),
  CONTAINS("contains"),
  MATCHES("matches"),
  NOT_MATCHES("notMatches"),
  MATCHES_PATH("matchesPath"),
  EXISTS("exists");

  private final String text;

  MapOperator(String text) {
    this.text = text;
  }

  /** The operator as documents write it. */
  public String text() {
    return text;
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(MapOperator::text).toList();
  }

  /** {@code ; did you mean 'x'?}, also for what other languages call it. */
  public static String hint(String written) {
    String theirs =
        switch (written) {
          case "eq", "is", "==" -> "equals";
          case "ne", "neq", "not", "!=" -> "notEquals";
          case "nin" -> "notIn";
          case "regex", "like", "glob" -> "matches";
          case "prefix" -> "startsWith";
          case "suffix" -> "endsWith";
          case "<" -> "lt";
          case ">" -> "gt";
          case "<=", "max" -> "lte";
          case ">=", "min" -> "gte";
          default -> null;
        };
    return theirs == null
        ? NearestName.hint(written, names())
        : NearestName.hintAt(theirs, names());
  }

  /** The operator of that name, or null. */
  public static @Nullable MapOperator named(String text) {
    return Arrays.stream(values()).filter(o -> o.text.equals(text)).findFirst().orElse(null);
  }

  /**
   * What the operator says of an attribute.
   *
   * @throws IllegalArgumentException when it cannot take the value, saying what it takes
   */
  public Condition condition(Attribute subject, Object value) {
    return switch (this) {
      case EQUALS -> each(value, item -> equal(subject, item));
      case NOT_EQUALS -> new Negation(each(value, item -> equal(subject, item)));
      case IN -> each(list(value), item -> equal(subject, item));
      case NOT_IN -> new Negation(each(list(value), item -> equal(subject, item)));
      case LT -> ordered(subject, Comparison.Operator.LESS, value);
      case LTE -> ordered(subject, Comparison.Operator.AT_MOST, value);
      case GT -> ordered(subject, Comparison.Operator.GREATER, value);
      case GTE -> ordered(subject, Comparison.Operator.AT_LEAST, value);
      case STARTS_WITH ->
          each(value, item -> new TextTest(subject, new Literal(textOf(item)), true));
      case ENDS_WITH ->
          each(value, item -> new TextTest(subject, new Literal(textOf(item)), false));
      case CONTAINS -> each(value, item -> Membership.contains(subject, new Literal(item)));
      case MATCHES -> each(value, item -> matching(subject, item));
      case NOT_MATCHES -> new Negation(each(value, item -> matching(subject, item)));
      case MATCHES_PATH ->
          each(value, item -> new PatternTest(subject, TextPattern.path(textOf(item))));
      case EXISTS -> exists(subject, value);
    };
  }

  /** How long the regular expressions are that the value states; 0 where it states none. */
  long regexSize(Object value) {
    if (this != MATCHES && this != NOT_MATCHES) {
      return 0;
    }
    return value instanceof List<?> items
        ? items.stream().mapToLong(item -> WrittenOut.size(String.valueOf(item))).sum()
        : WrittenOut.size(String.valueOf(value));
  }

  private static Condition matching(Attribute subject, Object item) {
    return new PatternTest(subject, TextPattern.matching(textOf(item)));
  }

  private static Condition equal(Attribute subject, Object item) {
    return Comparison.of(subject, Comparison.Operator.EQUAL, new Literal(item));
  }

  private Condition each(Object value, Function<Object, Condition> one) {
    if (!(value instanceof List<?> items)) {
      return one.apply(value);
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' has an empty list; name something");
    }
    return Conditions.any(items.stream().map(item -> one.apply((Object) item)).toList());
  }

  private Object list(Object value) {
    if (value instanceof List<?>) {
      return value;
    }
    throw new IllegalArgumentException("'" + text + "' needs a list, like [a, b]");
  }

  private Condition ordered(Attribute subject, Comparison.Operator operator, Object value) {
    if (value instanceof BigDecimal || value instanceof String) {
      return Comparison.of(subject, operator, new Literal(value));
    }
    throw new IllegalArgumentException("'" + text + "' needs a number, a date or a duration");
  }

  private static String textOf(Object value) {
    if (value instanceof List<?> || value == JsonNull.NULL) {
      throw new IllegalArgumentException("a text is needed here; put it in quotes");
    }
    return value.toString();
  }

  private static Condition exists(Attribute subject, Object value) {
    if (value instanceof Boolean wanted) {
      return wanted ? new Exists(subject) : new Negation(new Exists(subject));
    }
    throw new IllegalArgumentException("'exists' needs true or false");
  }
}
