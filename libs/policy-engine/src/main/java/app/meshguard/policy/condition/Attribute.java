package app.meshguard.policy.condition;

import app.meshguard.policy.value.NearestName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of the call, the agent, the clock or the deployment, by its path. */
public final class Attribute implements Operand {
  /** Where a path starts. */
  public enum Root {
    REQUEST,
    AGENT,
    ACTION,
    RESOURCE,
    TIME,
    DELEGATION,
    TENANT,
    ENV
  }

  private static final List<String> TIME_FIELDS =
      List.of("hour", "minute", "weekday", "date", "timezone");
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "password",
          "passwd",
          "secret",
          "token",
          "authorization",
          "apikey",
          "privatekey",
          "creditcard",
          "cardnumber",
          "cvv",
          "ssn");
  private static final BigDecimal[] SMALL = new BigDecimal[60];

  static {
    Arrays.setAll(SMALL, BigDecimal::valueOf);
  }

  private final Root root;
  private final String[] path;
  private final String text;

  private Attribute(Root root, List<String> path, String text) {
    this.root = root;
    this.path = path.toArray(new String[0]);
    this.text = text;
  }

  /**
   * The attribute that a dotted path names. A first part that is no root is looked up in the call's
   * context.
   *
   * @throws IllegalArgumentException when the path names nothing that can exist
   */
  public static Attribute of(List<String> parts) {
    String text = String.join(".", parts);
    List<String> rest = parts.subList(1, parts.size());
    return switch (parts.getFirst()) {
      case "request" -> new Attribute(Root.REQUEST, rest, text);
      case "agent" -> new Attribute(Root.AGENT, agentPath(rest), text);
      case "action" -> new Attribute(Root.ACTION, none(rest), text);
      case "resource" -> new Attribute(Root.RESOURCE, rest, text);
      case "time" -> new Attribute(Root.TIME, timeField(rest), text);
      case "delegation" -> new Attribute(Root.DELEGATION, rest, text);
      case "tenant" -> new Attribute(Root.TENANT, rest, text);
      case "env" -> new Attribute(Root.ENV, rest, text);
      default -> new Attribute(Root.REQUEST, parts, text);
    };
  }

  private static List<String> none(List<String> rest) {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("action is a text without fields; write action");
    }
    return rest;
  }

  private static List<String> timeField(List<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("time has fields; write one, like time.hour");
    }
    String written = String.join(".", rest);
    if (!TIME_FIELDS.contains(written)) {
      throw new IllegalArgumentException(
          "time has no field '" + written + "'" + NearestName.hint(written, TIME_FIELDS));
    }
    return rest;
  }

  private static List<String> agentPath(List<String> rest) {
    if (rest.size() == 1) {
      return switch (rest.getFirst()) {
        case "trustTier" -> List.of("trust_tier");
        case "riskLevel" -> List.of("risk_level");
        default -> rest;
      };
    }
    return rest;
  }

  public Root root() {
    return root;
  }

  /** The path after the root. */
  public List<String> path() {
    return List.of(path);
  }

  /** The path as it was written. */
  public String text() {
    return text;
  }

  /** The path in its one spelling: {@code amount} is {@code request.amount}. */
  public String canonical() {
    String start = root.name().toLowerCase(Locale.ROOT);
    return path.length == 0 ? start : start + "." + String.join(".", path);
  }

  boolean isAgents(String name) {
    return root == Root.AGENT && path.length == 1 && path[0].equals(name);
  }

  @Override
  public @Nullable Object value(Facts facts) {
    return switch (root) {
      case REQUEST -> walk(facts.request());
      case AGENT -> walk(facts.agent());
      case ACTION -> facts.action();
      case RESOURCE -> resource(facts.resource());
      case TIME -> time(facts);
      case DELEGATION -> walk(facts.delegation());
      case TENANT -> walk(facts.tenant());
      case ENV -> walk(facts.env());
    };
  }

  private @Nullable Object walk(Map<?, ?> start) {
    Object at = start;
    for (String name : path) {
      if (!(at instanceof Map<?, ?> map)) {
        return null;
      }
      at = map.get(name);
    }
    return at;
  }

  /** An object that has an id stands for its id where the resource itself is asked for. */
  private @Nullable Object resource(@Nullable Object resource) {
    if (resource instanceof Map<?, ?> map) {
      Object id = path.length == 0 ? map.get("id") : null;
      return path.length > 0 ? walk(map) : id == null ? map : id;
    }
    boolean itself = path.length == 0 || (path.length == 1 && path[0].equals("id"));
    return itself ? resource : null;
  }

  private Object time(Facts facts) {
    Instant now = facts.time();
    long local = now.getEpochSecond() + facts.zone().getRules().getOffset(now).getTotalSeconds();
    return switch (path[0]) {
      case "hour" -> SMALL[(int) Math.floorMod(local, 86_400L) / 3_600];
      case "minute" -> SMALL[(int) Math.floorMod(local, 3_600L) / 60];
      case "weekday" -> SMALL[(int) Math.floorMod(Math.floorDiv(local, 86_400L) + 3, 7L) + 1];
      case "date" -> LocalDate.ofEpochDay(Math.floorDiv(local, 86_400L)).toString();
      case "timezone" -> facts.zone().getId();
      default -> throw new IllegalStateException("time has no field " + path[0]);
    };
  }

  @Override
  public List<Operand> parts() {
    return List.of();
  }

  /** Whether the name says that the value must not be shown. */
  public boolean isSecret() {
    return isSecret(text);
  }

  /** Whether a name says that what it names must not be shown. */
  public static boolean isSecret(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    return SECRET_WORDS.stream().anyMatch(plain::contains);
  }

  @Override
  public String toString() {
    return text;
  }
}
