package app.meshguard.policy.proof;

import static app.meshguard.policy.proof.NaiveValues.RISKS;
import static app.meshguard.policy.proof.NaiveValues.TIERS;
import static app.meshguard.policy.proof.NaiveValues.and;
import static app.meshguard.policy.proof.NaiveValues.arithmetic;
import static app.meshguard.policy.proof.NaiveValues.duration;
import static app.meshguard.policy.proof.NaiveValues.equal;
import static app.meshguard.policy.proof.NaiveValues.globRegex;
import static app.meshguard.policy.proof.NaiveValues.inRange;
import static app.meshguard.policy.proof.NaiveValues.matches;
import static app.meshguard.policy.proof.NaiveValues.not;
import static app.meshguard.policy.proof.NaiveValues.or;
import static app.meshguard.policy.proof.NaiveValues.rank;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What conditions and expressions are, read from the language's text. Null is missing. */
final class NaiveConditions {
  private static final Map<String, String> MAP_FORM =
      Map.of("lt", "<", "lte", "<=", "gt", ">", "gte", ">=", "startsWith", "starts_with");
  private final Agent agent;
  private final Call call;
  private final ZoneId zone;

  NaiveConditions(Agent agent, Call call, ZoneId zone) {
    this.agent = agent;
    this.call = call;
    this.zone = zone;
  }

  /** A condition in any of its forms. */
  Boolean test(Object condition) {
    return switch (condition) {
      case null -> true;
      case Expr expression -> value(expression) instanceof Boolean truth ? truth : null;
      case List<?> all -> and(all.stream().map(this::test));
      case Map<?, ?> map ->
          and(map.entrySet().stream().map(e -> entry(e.getKey() + "", e.getValue())));
      default -> throw new IllegalStateException("no condition: " + condition);
    };
  }

  private Boolean entry(String key, Object inside) {
    return switch (key) {
      case "all" -> test(inside);
      case "any" -> or(((List<?>) inside).stream().map(this::test));
      case "not" -> not(test(inside));
      default -> {
        String root = key.equals("context") ? "request" : key;
        Map<String, Object> attributes = NaiveInterpreter.map(inside);
        yield and(
            attributes.entrySet().stream()
                .map(e -> mapForm(Expr.path(root + "." + e.getKey()), e.getValue())));
      }
    };
  }

  private Boolean mapForm(Expr path, Object wanted) {
    Map<?, ?> operators = wanted instanceof Map<?, ?> map ? map : Map.of("equals", wanted);
    return and(
        operators.entrySet().stream().map(e -> operator(path, (String) e.getKey(), e.getValue())));
  }

  private Boolean operator(Expr path, String name, Object wanted) {
    if (name.equals("exists")) {
      return wanted.equals(value(Expr.of("exists", path)));
    }
    if (name.startsWith("not")) {
      String positive = name.substring(3).toLowerCase(Locale.ROOT);
      return not(operator(path, positive, wanted));
    }
    String op =
        name.equals("equals") || name.equals("in") ? "==" : MAP_FORM.getOrDefault(name, name);
    List<?> items = wanted instanceof List<?> list ? list : List.of(wanted);
    return or(
        items.stream()
            .map(
                item ->
                    test(
                        op.equals("matches")
                            ? Expr.of(op, path, item)
                            : Expr.of(op, path, Expr.value(item)))));
  }

  Object value(Expr e) {
    return switch (e.op()) {
      case "value" -> e.args().getFirst();
      case "path" -> lookUp(List.of(e.args().getFirst().toString().split("\\.")));
      case "list" -> {
        List<Object> items = e.args().stream().map(item -> value((Expr) item)).toList();
        yield items.contains(null) ? null : items;
      }
      case "and" -> and(e.args().stream().map(this::test));
      case "or" -> or(e.args().stream().map(this::test));
      case "not" -> not(test(e.arg(0)));
      case "exists" -> value(e.arg(0)) != null && value(e.arg(0)) != JsonNull.NULL;
      case "==" -> equality(e);
      case "!=" -> not(equality(e));
      case "<" -> ordered(e, order -> order < 0);
      case "<=" -> ordered(e, order -> order <= 0);
      case ">" -> ordered(e, order -> order > 0);
      case ">=" -> ordered(e, order -> order >= 0);
      case "in" -> among(e.arg(0), e.arg(1));
      case "not in" -> not(among(e.arg(0), e.arg(1)));
      case "contains" ->
          value(e.arg(0)) instanceof List<?>
              ? among(e.arg(1), e.arg(0))
              : texts(e, (text, part) -> text.contains(part));
      case "starts_with" -> texts(e, String::startsWith);
      case "ends_with" -> texts(e, String::endsWith);
      case "matches" ->
          value(e.arg(0)) instanceof String text ? matches(text, e.args().get(1).toString()) : null;
      case "matches_path" ->
          value(e.arg(0)) instanceof String text && !List.of(text.split("/")).contains("..")
              ? Pattern.matches("(?s)" + globRegex(e.args().get(1).toString(), "[^/]*"), text)
              : null;
      case "len" ->
          switch (value(e.arg(0))) {
            case String text -> BigDecimal.valueOf(text.codePoints().count());
            case List<?> list -> BigDecimal.valueOf(list.size());
            case Map<?, ?> map -> BigDecimal.valueOf(map.size());
            case null, default -> null;
          };
      case "lower" -> value(e.arg(0)) instanceof String text ? text.toLowerCase(Locale.ROOT) : null;
      case "has_tag" -> value(e.arg(0)) instanceof String tag ? agent.tags().contains(tag) : null;
      case "age" -> value(e.arg(0)) instanceof String text ? age(text) : null;
      case "cidr" ->
          value(e.arg(0)) instanceof String text ? inRange(text, e.args().get(1).toString()) : null;
      case "rate_limit" -> e.args().size() < 3 || key(e.arg(2)) != null ? true : null;
      case "budget" ->
          (e.args().size() < 4 || key(e.arg(3)) != null) && amount(e.arg(0)) != null ? true : null;
      default -> arithmetic(e.op(), value(e.arg(0)), value(e.arg(1)));
    };
  }

  String key(Expr e) {
    return switch (value(e)) {
      case String text -> text;
      case BigDecimal number when Math.abs(number.scale()) < 1_000 ->
          number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
      case Boolean bool -> bool.toString();
      case null, default -> null;
    };
  }

  BigDecimal amount(Expr e) {
    return value(e) instanceof BigDecimal n && n.signum() >= 0 && Math.abs(n.scale()) <= 34
        ? n
        : null;
  }

  private Boolean among(Expr member, Expr list) {
    Object item = value(member);
    if (!(value(list) instanceof List<?> items) || item == null) {
      return null;
    }
    return or(
        items.stream()
            .map(other -> equal(item, other, list.is("value") && other == JsonNull.NULL)));
  }

  private Boolean equality(Expr e) {
    Integer ranks = e.args().stream().anyMatch(NaiveConditions::isRank) ? compare(e) : null;
    boolean nullAsked = e.args().contains(Expr.value(JsonNull.NULL));
    return e.args().stream().anyMatch(NaiveConditions::isRank) && !nullAsked
        ? (ranks == null ? null : (Boolean) (ranks == 0))
        : equal(value(e.arg(0)), value(e.arg(1)), nullAsked);
  }

  private Boolean ordered(Expr e, Function<Integer, Boolean> wanted) {
    Integer order = compare(e);
    return order == null ? null : wanted.apply(order);
  }

  private Integer compare(Expr e) {
    Object a = value(e.arg(0));
    Object b = value(e.arg(1));
    for (List<String> ranks : List.of(TIERS, RISKS)) {
      if (e.args().stream().anyMatch(arg -> isRank(arg) && isRisk(arg) == ranks.equals(RISKS))) {
        int x = rank(ranks, a);
        int y = rank(ranks, b);
        return x < 0 || y < 0 ? null : (Integer) Integer.compare(x, y);
      }
    }
    return switch (a) {
      case BigDecimal x when b instanceof BigDecimal y -> x.compareTo(y);
      case String x when b instanceof String y -> x.compareTo(y);
      case null -> null;
      default ->
          (a instanceof Duration || b instanceof Duration)
                  && duration(a) != null
                  && duration(b) != null
              ? (Integer) duration(a).compareTo(duration(b))
              : null;
    };
  }

  private static boolean isRank(Object arg) {
    return isRisk(arg)
        || (arg instanceof Expr e
            && e.is("path")
            && List.of("agent.trust_tier", "agent.trustTier").contains(e.args().getFirst()));
  }

  private static boolean isRisk(Object arg) {
    return arg instanceof Expr e
        && e.is("path")
        && List.of("agent.risk_level", "agent.riskLevel").contains(e.args().getFirst());
  }

  private Duration age(String text) {
    try {
      return Duration.between(OffsetDateTime.parse(text).toInstant(), call.time());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Boolean texts(Expr e, java.util.function.BiPredicate<String, String> test) {
    return value(e.arg(0)) instanceof String text && value(e.arg(1)) instanceof String part
        ? (Boolean) test.test(text, part)
        : null;
  }

  private Object lookUp(List<String> path) {
    List<String> rest = path.subList(1, path.size());
    ZonedDateTime now = call.time().atZone(zone);
    return switch (path.getFirst()) {
      case "request" -> walk(call.context(), rest);
      case "agent" -> walk(agentMap(), rest);
      case "action" -> call.action();
      case "resource" -> resource(rest);
      case "delegation" -> walk(call.delegation(), rest);
      case "tenant" -> walk(call.tenant(), rest);
      case "env" -> walk(call.env(), rest);
      case "time" ->
          switch (rest.getFirst()) {
            case "hour" -> BigDecimal.valueOf(now.getHour());
            case "minute" -> BigDecimal.valueOf(now.getMinute());
            case "weekday" -> BigDecimal.valueOf(now.getDayOfWeek().getValue());
            case "date" -> now.toLocalDate().toString();
            default -> zone.getId();
          };
      default -> walk(call.context(), path);
    };
  }

  private Object resource(List<String> rest) {
    Object resource = call.resource();
    if (resource instanceof Map<?, ?> map) {
      return rest.isEmpty() ? map.containsKey("id") ? map.get("id") : map : walk(map, rest);
    }
    return rest.isEmpty() || rest.equals(List.of("id")) ? resource : null;
  }

  private static Object walk(Object from, List<String> path) {
    Object at = from;
    for (String name : path) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  private Map<String, Object> agentMap() {
    Map<String, Object> all = new TreeMap<>(agent.metadata());
    all.put("id", agent.id());
    all.put("name", agent.name());
    all.put("trust_tier", agent.trustTier().text());
    all.put("trustTier", agent.trustTier().text());
    all.put("risk_level", agent.riskLevel() == null ? null : agent.riskLevel().text());
    all.put("riskLevel", agent.riskLevel() == null ? null : agent.riskLevel().text());
    all.put("tags", agent.tags().stream().sorted().toList());
    all.put("roles", agent.roles().stream().sorted().toList());
    all.put("owner", agent.owner());
    all.put("department", agent.department());
    return all;
  }
}
