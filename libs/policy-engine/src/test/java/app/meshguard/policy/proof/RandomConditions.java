package app.meshguard.policy.proof;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes up conditions in all their forms. */
final class RandomConditions {
  static final List<Object> VALUES =
      List.of(
          new BigDecimal("1"),
          new BigDecimal("1.0"),
          new BigDecimal("2"),
          new BigDecimal("0"),
          new BigDecimal("3E+5000"),
          "1",
          "x",
          "X/y",
          "it's",
          "1m",
          "2026-11-20T11:59:30Z",
          "10.1.2.3",
          true,
          false);
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private static final List<String> PATTERNS =
      List.of("x", "*", "x*", "*/y", "1*", "/^[a-z]+$/", "/[0-9]{1,2}/", "/(?i)x/");
  private static final List<String> GLOBS = List.of("x", "*", "**", "*/y", "X/*", "**y");

  private final Choices choices;
  private final Words words;

  /** Whether conditions may ask if something is there, where its absence can help. */
  private final boolean asksForAbsence;

  RandomConditions(Choices choices, Words words, boolean asksForAbsence) {
    this.choices = choices;
    this.words = words;
    this.asksForAbsence = asksForAbsence;
  }

  /** What stands under {@code conditions}: an expression, a list, a tree or a map. */
  Object any(boolean mayLimit) {
    List<Object> entries = new ArrayList<>();
    for (int i = 0; i <= choices.below(3) / 2; i++) {
      entries.add(
          switch (choices.below(6)) {
            case 0 -> tree(1);
            case 1 -> mapForm();
            default -> condition(2);
          });
    }
    if (mayLimit && choices.oneIn(4)) {
      entries.add(choices.oneIn(2) ? limit() : Expr.of("and", condition(1), limit()));
    }
    return entries.size() == 1 && choices.oneIn(2) ? entries.getFirst() : entries;
  }

  private Map<String, Object> tree(int depth) {
    Object inside = depth == 0 ? condition(1) : choices.oneIn(3) ? tree(depth - 1) : condition(1);
    return switch (choices.below(3)) {
      case 0 -> Map.of("all", List.of(inside, condition(1)));
      case 1 -> Map.of("any", List.of(inside, condition(1)));
      default -> Map.of("not", inside);
    };
  }

  private Map<String, Object> mapForm() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i <= choices.below(2); i++) {
      attributes.put(choices.of(words.attributes()), mapTest());
    }
    return Map.of("context", attributes);
  }

  private Object mapTest() {
    Object one = choices.of(VALUES);
    List<Object> some = List.of(one, choices.of(VALUES));
    return switch (choices.below(asksForAbsence ? 9 : 8)) {
      case 0 -> one;
      case 1 -> Map.of("in", some);
      case 2 -> Map.of("notIn", some);
      case 3 -> Map.of(choices.of(List.of("lt", "lte", "gt", "gte")), new BigDecimal("1"));
      case 4 -> Map.of("startsWith", List.of("x", "1"), "contains", "x");
      case 5 -> Map.of("notMatches", List.of(choices.of(PATTERNS), choices.of(PATTERNS)));
      case 6 -> Map.of("notEquals", one);
      case 7 -> Map.of("matches", choices.of(PATTERNS));
      default -> Map.of("exists", choices.oneIn(2));
    };
  }

  private Expr condition(int depth) {
    if (depth > 0 && choices.oneIn(2)) {
      return switch (choices.below(3)) {
        case 0 -> Expr.of("not", condition(depth - 1));
        case 1 -> Expr.of("and", condition(depth - 1), condition(depth - 1));
        default -> Expr.of("or", condition(depth - 1), condition(depth - 1));
      };
    }
    return switch (choices.below(asksForAbsence ? 13 : 12)) {
      case 0 -> Expr.of(choices.of(COMPARISONS), operand(1), operand(1));
      case 1, 2, 3 -> Expr.of(choices.of(COMPARISONS), path(), operand(0));
      case 4 -> Expr.of(choices.of(List.of("in", "not in")), operand(0), list());
      case 5 -> Expr.of("contains", path(), Expr.value(choices.of(VALUES)));
      case 6 -> Expr.of(choices.of(List.of("starts_with", "ends_with")), path(), Expr.value("x"));
      case 7 -> Expr.of("matches", path(), choices.of(PATTERNS));
      case 8 -> Expr.of("matches_path", path(), choices.of(GLOBS));
      case 9 ->
          Expr.of("has_tag", choices.oneIn(2) ? path() : Expr.value(choices.of(words.tags())));
      case 10 -> Expr.of("cidr", path(), choices.of(List.of("10.0.0.0/8", "10.1.2.128/25")));
      case 11 -> path();
      default -> Expr.of("exists", path());
    };
  }

  private Expr list() {
    if (choices.oneIn(4)) {
      return path();
    }
    if (choices.oneIn(3)) {
      return Expr.of("list", path(), Expr.value(choices.of(VALUES)));
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < choices.below(4); i++) {
      items.add(choices.oneIn(6) ? JsonNull.NULL : choices.of(VALUES));
    }
    return Expr.value(items);
  }

  private Expr operand(int depth) {
    return switch (choices.below(depth == 0 ? 5 : 9)) {
      case 0, 1 -> path();
      case 2, 3 -> Expr.value(choices.of(VALUES));
      case 4 -> choices.oneIn(2) ? Expr.value(JsonNull.NULL) : rank();
      case 5, 6 -> Expr.of(choices.of(List.of("+", "-", "*", "/")), operand(0), operand(depth - 1));
      case 7 -> Expr.of(choices.of(List.of("len", "lower")), path());
      default -> Expr.of("age", path());
    };
  }

  private Expr rank() {
    return choices.oneIn(2)
        ? Expr.path(choices.of(List.of("agent.trust_tier", "agent.riskLevel")))
        : Expr.value(choices.of(List.of("basic", "trusted", "sandboxed", "high", "low")));
  }

  private Expr path() {
    String attribute = choices.of(words.attributes());
    return Expr.path(
        switch (choices.below(14)) {
          case 0 -> "agent." + choices.of(List.of("department", "trustTier", "risk_level", "tags"));
          case 1 -> "agent." + choices.of(words.attributes());
          case 2 -> choices.of(List.of("resource", "resource.id", "resource.type"));
          case 3 -> "time." + choices.of(List.of("hour", "minute", "weekday", "date", "timezone"));
          case 4 -> choices.of(List.of("env.", "tenant.", "delegation.")) + attribute;
          case 5 -> attribute + "." + choices.of(words.attributes());
          case 6, 7, 8 -> attribute;
          default -> "request." + attribute;
        });
  }

  private Expr limit() {
    Expr window = Expr.value(choices.of(List.of("1m", "2h")));
    Expr number = Expr.value(new BigDecimal(1 + choices.below(50)));
    List<Object> args = new ArrayList<>(List.of(number, window));
    boolean budget = choices.oneIn(2);
    if (budget) {
      Expr two = Expr.value(new BigDecimal("2"));
      args.addFirst(choices.oneIn(4) ? Expr.of("*", path(), two) : path());
    }
    if (choices.oneIn(3)) {
      args.add(path());
    }
    return new Expr(budget ? "budget" : "rate_limit", args);
  }
}
