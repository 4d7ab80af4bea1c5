package app.meshguard.policy.condition;

import app.meshguard.policy.value.NearestName;
import java.util.List;

/** Turns a function's name and arguments into what it does. */
final class FunctionCall {
  private static final List<String> NAMES =
      List.of("exists", "len", "lower", "has_tag", "cidr", "age", "rate_limit", "budget");

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
      case "rate_limit" -> LimitCall.rateLimit(name, arguments);
      case "budget" -> LimitCall.budget(name, arguments);
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
}
