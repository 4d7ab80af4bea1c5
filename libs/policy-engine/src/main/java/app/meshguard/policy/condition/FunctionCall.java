package app.meshguard.policy.condition;

import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.NearestName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Turns a function's name and arguments into what it does. */
final class FunctionCall {
  private static final List<String> NAMES =
      List.of("exists", "len", "lower", "has_tag", "cidr", "age", "rate_limit");
  private static final long MAX_LIMIT = 1_000_000_000L;

  private FunctionCall() {}

  static Operand read(Token name, List<Operand> arguments) throws ConditionProblem {
    return switch (name.text()) {
      case "exists" -> exists(name, arguments);
      case "len" -> new Function(Function.Kind.LEN, only(name, arguments, "len(request.items)"));
      case "lower" ->
          new Function(Function.Kind.LOWER, only(name, arguments, "lower(request.name)"));
      case "age" ->
          new Function(Function.Kind.AGE, only(name, arguments, "age(request.created_at)"));
      case "has_tag" -> new HasTag(only(name, arguments, "has_tag('support')"));
      case "cidr" -> cidr(name, arguments);
      case "rate_limit" -> rateLimit(name, arguments);
      case "budget" ->
          throw new ConditionProblem(
              name.offset(), "this version does not read budget(); limit calls with rate_limit()");
      default ->
          throw new ConditionProblem(
              name.offset(),
              "there is no function '" + name.text() + "'" + NearestName.hint(name.text(), NAMES));
    };
  }

  private static Operand only(Token name, List<Operand> arguments, String example)
      throws ConditionProblem {
    if (arguments.size() != 1) {
      throw new ConditionProblem(
          name.offset(), name.text() + " takes one argument; write it like " + example);
    }
    return arguments.getFirst();
  }

  private static Operand exists(Token name, List<Operand> arguments) throws ConditionProblem {
    if (only(name, arguments, "exists(request.amount)") instanceof Attribute attribute) {
      return new Exists(attribute);
    }
    throw new ConditionProblem(
        name.offset(), "exists takes a path; write it like exists(request.amount)");
  }

  private static Operand cidr(Token name, List<Operand> arguments) throws ConditionProblem {
    if (arguments.size() != 2
        || !(arguments.get(1) instanceof Literal literal)
        || !(literal.constant() instanceof String range)) {
      throw new ConditionProblem(
          name.offset(),
          "cidr takes an address and a range in quotes; write it like cidr(request.ip,"
              + " '10.0.0.0/8')");
    }
    try {
      return new InRange(arguments.get(0), AddressRange.parse(range));
    } catch (IllegalArgumentException e) {
      throw new ConditionProblem(name.offset(), String.valueOf(e.getMessage()));
    }
  }

  private static Operand rateLimit(Token name, List<Operand> arguments) throws ConditionProblem {
    if (arguments.size() < 2
        || arguments.size() > 3
        || !(arguments.get(0) instanceof Literal count)
        || !(count.constant() instanceof BigDecimal number)
        || !(arguments.get(1) instanceof Literal span)
        || !(span.constant() instanceof String window)) {
      throw new ConditionProblem(
          name.offset(),
          "rate_limit takes a number, a window in quotes and perhaps a key; write it like"
              + " rate_limit(50, '1h', request.recipient)");
    }
    Duration length = DurationText.parse(window);
    if (length == null || length.isZero() || length.compareTo(Duration.ofDays(366)) > 0) {
      throw new ConditionProblem(
          name.offset(), "'" + window + "' is no window; write one from '1s' to '366d', like '1h'");
    }
    if (number.stripTrailingZeros().scale() > 0
        || number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(MAX_LIMIT)) > 0) {
      throw new ConditionProblem(
          name.offset(), "the limit must be a whole number from 1 to " + MAX_LIMIT);
    }
    return new LimitTerm(
        number.longValueExact(),
        length,
        arguments.size() == 3 ? arguments.get(2) : null,
        "rate_limit(" + number.toPlainString() + ", '" + window + "')");
  }
}
