package app.meshguard.policy.proof;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression as a tree: what the naive interpreter reads, and what is written into a policy for
 * the engine to parse. Arguments are expressions, and plain values where the language wants those.
 */
record Expr(String op, List<Object> args) {
  static Expr of(String op, Object... args) {
    return new Expr(op, List.of(args));
  }

  static Expr value(Object value) {
    return of("value", value);
  }

  static Expr path(String path) {
    return of("path", path);
  }

  Expr arg(int i) {
    return (Expr) args.get(i);
  }

  boolean is(String wanted) {
    return op.equals(wanted);
  }

  /** The expression as an author writes it. */
  String text() {
    return switch (op) {
      case "value" -> literal(args.getFirst());
      case "path" -> (String) args.getFirst();
      case "list" -> "[" + joined(", ") + "]";
      case "and", "or" -> "(" + joined(" " + op + " ") + ")";
      case "not" -> "NOT (" + arg(0).text() + ")";
      case "exists", "len", "lower", "age", "has_tag", "cidr", "rate_limit", "budget" ->
          op + "(" + joined(", ") + ")";
      default -> "(" + joined(" " + op.toUpperCase(java.util.Locale.ROOT) + " ") + ")";
    };
  }

  private String joined(String between) {
    return args.stream()
        .map(arg -> arg instanceof Expr inner ? inner.text() : literal(arg))
        .collect(Collectors.joining(between));
  }

  private static String literal(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toString();
      case Boolean bool -> bool.toString();
      case JsonNull nothing -> nothing.toString();
      case List<?> list ->
          list.stream().map(Expr::literal).collect(Collectors.joining(", ", "[", "]"));
      default -> "'" + value.toString().replace("'", "''") + "'";
    };
  }
}
