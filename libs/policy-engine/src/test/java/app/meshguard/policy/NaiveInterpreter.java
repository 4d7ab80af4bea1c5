package app.meshguard.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of "which rule decides", word for word and without a thought for speed: what the
 * compiled engine is compared with. Shares nothing with it.
 */
final class NaiveInterpreter {
  enum Does {
    ALLOW,
    REQUIRE_APPROVAL,
    DENY
  }

  sealed interface Cond {}

  record Compare(String path, String operator, Object literal) implements Cond {}

  record Exists(String path) implements Cond {}

  record Not(Cond inner) implements Cond {}

  record All(List<Cond> inner) implements Cond {}

  record Any(List<Cond> inner) implements Cond {}

  record NaiveRule(List<String> patterns, Does does, Cond cond) {}

  record NaivePolicy(
      String name, String combining, boolean allowByDefault, List<NaiveRule> rules) {}

  /** What is decided: an effect, and by which rule of which policy, -1 for a default. */
  record Decided(String effect, String policy, int rule) {}

  private record Holding(int rule, String pattern, Does does, boolean unsure) {}

  private final Map<String, Object> context;
  private final String action;

  NaiveInterpreter(String action, Map<String, Object> context) {
    this.action = action;
    this.context = context;
  }

  Decided decide(List<NaivePolicy> policies) {
    List<Decided> byRule = new ArrayList<>();
    List<Decided> unsure = new ArrayList<>();
    for (NaivePolicy policy : policies) {
      List<Holding> all = holding(policy);
      List<Holding> sure = all.stream().filter(h -> !h.unsure()).toList();
      Holding first = winner(policy.combining(), all);
      if (first != null && first.unsure()) {
        unsure.add(new Decided("pending_approval", policy.name(), first.rule()));
        first = winner(policy.combining(), sure);
      }
      if (first != null) {
        byRule.add(new Decided(effect(first.does()), policy.name(), first.rule()));
      }
    }
    Decided decided = combined(policies, byRule);
    return decided.effect().equals("allow") && !unsure.isEmpty() ? unsure.getFirst() : decided;
  }

  private static Decided combined(List<NaivePolicy> policies, List<Decided> byRule) {
    for (String effect : List.of("deny", "pending_approval", "allow")) {
      for (Decided one : byRule) {
        if (one.effect().equals(effect)) {
          return one;
        }
      }
    }
    boolean allow = policies.stream().allMatch(NaivePolicy::allowByDefault);
    String policy =
        policies.stream().filter(p -> p.allowByDefault() == allow).findFirst().get().name();
    return new Decided(allow ? "allow" : "deny", policy, -1);
  }

  private static String effect(Does does) {
    return switch (does) {
      case ALLOW -> "allow";
      case REQUIRE_APPROVAL -> "pending_approval";
      case DENY -> "deny";
    };
  }

  private List<Holding> holding(NaivePolicy policy) {
    List<Holding> holding = new ArrayList<>();
    for (int i = 0; i < policy.rules().size(); i++) {
      NaiveRule rule = policy.rules().get(i);
      Boolean truth = rule.cond() == null ? Boolean.TRUE : test(rule.cond());
      boolean holds = truth == null ? rule.does() != Does.ALLOW : truth;
      for (String pattern : rule.patterns()) {
        if (holds && matches(pattern, rule.does(), action)) {
          boolean unsure = truth == null && rule.does() == Does.REQUIRE_APPROVAL;
          holding.add(new Holding(i, pattern, rule.does(), unsure));
        }
      }
    }
    return holding;
  }

  private static Holding winner(String combining, List<Holding> holding) {
    List<Holding> left = holding;
    if (combining.equals("first-match")) {
      return holding.isEmpty() ? null : holding.getFirst();
    }
    if (combining.equals("narrowest")) {
      left = holding.stream().filter(h -> holding.stream().noneMatch(o -> beats(o, h))).toList();
    }
    for (Does does : List.of(Does.DENY, Does.REQUIRE_APPROVAL, Does.ALLOW)) {
      for (Holding one : left) {
        if (one.does() == does) {
          return one;
        }
      }
    }
    return null;
  }

  private static boolean beats(Holding a, Holding b) {
    return normal(a.pattern()).equals(normal(b.pattern()))
        ? a.rule() < b.rule()
        : within(a, b) && !within(b, a);
  }

  static String normal(String pattern) {
    return pattern.contains(":") ? pattern : pattern + ":*";
  }

  /** Tries words in which a star is nothing, a letter that no pattern has, or more of it. */
  private static boolean within(Holding a, Holding b) {
    return words(normal(a.pattern()))
        .flatMap(
            word ->
                a.does() == Does.ALLOW || !endsInLiteral(a.pattern())
                    ? Stream.of(word)
                    : Stream.of(word, word + ".q", word + "/q"))
        .allMatch(word -> matches(b.pattern(), b.does(), word));
  }

  private static Stream<String> words(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return Stream.of(pattern);
    }
    return Stream.of("", "q", "qq")
        .flatMap(run -> words(pattern.substring(0, star) + run + pattern.substring(star + 1)));
  }

  private static boolean endsInLiteral(String pattern) {
    return !normal(pattern).endsWith("*") && !normal(pattern).endsWith(":");
  }

  static boolean matches(String pattern, Does does, String action) {
    String[] parts = normal(pattern).split(":", 2);
    String regex = regex(parts[0], "[^:]*") + ":" + regex(parts[1], ".*");
    if (does != Does.ALLOW && endsInLiteral(pattern)) {
      regex += "([./].*)?";
    }
    return Pattern.matches("(?s)" + regex, action.contains(":") ? action : action + ":");
  }

  private static String regex(String glob, String any) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(c == '*' ? any : Pattern.quote(String.valueOf(c)));
    }
    return regex.toString();
  }

  /** Null is missing. */
  private Boolean test(Cond cond) {
    return switch (cond) {
      case Compare compare -> compare(compare);
      case Exists exists -> context.get(exists.path()) != null;
      case Not not -> {
        Boolean inner = test(not.inner());
        yield inner == null ? null : !inner;
      }
      case All all -> {
        List<Boolean> inner = all.inner().stream().map(this::test).collect(Collectors.toList());
        yield inner.contains(false) ? Boolean.FALSE : inner.contains(null) ? null : Boolean.TRUE;
      }
      case Any any -> {
        List<Boolean> inner = any.inner().stream().map(this::test).collect(Collectors.toList());
        yield inner.contains(true) ? Boolean.TRUE : inner.contains(null) ? null : Boolean.FALSE;
      }
    };
  }

  private Boolean compare(Compare compare) {
    Object value = context.get(compare.path());
    Integer order;
    if (value instanceof BigDecimal a && compare.literal() instanceof BigDecimal b) {
      order = a.compareTo(b);
    } else if (value instanceof String a && compare.literal() instanceof String b) {
      order = a.compareTo(b);
    } else {
      return null;
    }
    return switch (compare.operator()) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalStateException(compare.operator());
    };
  }
}
