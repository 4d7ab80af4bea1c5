package app.meshguard.policy.proof;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the operators of the language do with values. Null is missing. */
final class NaiveValues {
  static final List<String> TIERS =
      List.of("untrusted", "basic", "verified", "trusted", "privileged");
  static final List<String> RISKS = List.of("low", "medium", "high", "critical");

  private NaiveValues() {}

  static BigDecimal arithmetic(String op, Object left, Object right) {
    if (!(left instanceof BigDecimal a)
        || !(right instanceof BigDecimal b)
        || (op.equals("/") && b.signum() == 0)) {
      return null;
    }
    BigDecimal result =
        switch (op) {
          case "+" -> a.add(b, MathContext.DECIMAL128);
          case "-" -> a.subtract(b, MathContext.DECIMAL128);
          case "*" -> a.multiply(b, MathContext.DECIMAL128);
          default -> a.divide(b, MathContext.DECIMAL128);
        };
    int exponent = result.precision() - result.scale() - 1;
    return result.signum() == 0 || Math.abs(exponent) <= 6_144 ? result : null;
  }

  /** Null equals null; beside anything else it is missing, unless the policy itself asks for it. */
  static Boolean equal(Object a, Object b, boolean nullAsked) {
    if (a == null || b == null) {
      return null;
    }
    if (a == JsonNull.NULL || b == JsonNull.NULL) {
      return a == b ? Boolean.TRUE : nullAsked ? Boolean.FALSE : null;
    }
    return switch (a) {
      case BigDecimal x when b instanceof BigDecimal y -> x.compareTo(y) == 0;
      case String x when b instanceof String -> x.equals(b);
      case Boolean x when b instanceof Boolean -> x.equals(b);
      case List<?> x when b instanceof List<?> y ->
          x.size() != y.size()
              ? Boolean.FALSE
              : and(IntStream.range(0, x.size()).mapToObj(i -> equal(x.get(i), y.get(i), false)));
      case Map<?, ?> x when b instanceof Map<?, ?> y ->
          !x.keySet().equals(y.keySet())
              ? Boolean.FALSE
              : and(x.keySet().stream().map(key -> equal(x.get(key), y.get(key), false)));
      default ->
          duration(a) != null && duration(b) != null
              ? (Boolean) duration(a).equals(duration(b))
              : null;
    };
  }

  static int rank(List<String> ranks, Object value) {
    List<String> old = List.of("unverified", "anonymous", "sandboxed", "restricted");
    return value == null
        ? -1
        : ranks.equals(TIERS) && old.contains(value) ? 0 : ranks.indexOf(value);
  }

  static Duration duration(Object value) {
    return switch (value) {
      case Duration duration -> duration;
      case String text when text.matches("[0-9]{1,9}[smh]") -> Duration.parse("PT" + text);
      case String text when text.matches("[0-9]{1,9}d") -> Duration.parse("P" + text);
      case null, default -> null;
    };
  }

  static boolean matches(String text, String pattern) {
    return pattern.length() > 1 && pattern.startsWith("/") && pattern.endsWith("/")
        ? Pattern.compile(pattern.substring(1, pattern.length() - 1)).matcher(text).find()
        : Pattern.matches("(?s)" + globRegex(pattern, ".*"), text);
  }

  /** The regular expression of a glob whose one star is {@code any}; two are any run at all. */
  static String globRegex(String glob, String any) {
    return Arrays.stream(glob.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)"))
        .map(part -> part.equals("*") ? any : part.startsWith("**") ? ".*" : Pattern.quote(part))
        .reduce("", String::concat);
  }

  static Boolean inRange(String address, String range) {
    String[] parts = range.split("/");
    if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || bits(address).length() != 32) {
      return null;
    }
    return bits(address).startsWith(bits(parts[0]).substring(0, Integer.parseInt(parts[1])));
  }

  static String bits(String address) {
    return Arrays.stream(address.split("\\."))
        .map(part -> Integer.toBinaryString(256 + Integer.parseInt(part)).substring(1))
        .reduce("", String::concat);
  }

  static Boolean and(Stream<Boolean> all) {
    List<Boolean> truths = all.toList();
    return truths.contains(false) ? Boolean.FALSE : truths.contains(null) ? null : Boolean.TRUE;
  }

  static Boolean or(Stream<Boolean> all) {
    return not(and(all.map(NaiveValues::not)));
  }

  static Boolean not(Boolean truth) {
    return truth == null ? null : !truth;
  }
}
