package app.meshguard.policy.proof;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.proof.NaiveDocuments.Applied;
import app.meshguard.policy.proof.World.Floor;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rules of "which rule decides" and what stands around them, word for word and without a
 * thought for speed: what the compiled engine is compared with. Shares nothing with it.
 */
final class NaiveInterpreter {
  private static final List<String> SEVERITY = List.of("deny", "require_approval", "allow");

  private static final List<String> LEVELS = List.of("standard", "detailed", "enhanced");

  private record Holding(
      Applied policy, int position, Map<String, Object> rule, String pattern, boolean unsure) {
    String effect() {
      return (String) rule.get("effect");
    }
  }

  private final World world;
  private final NaiveDocuments documents;
  private final Agent agent;
  private final Call call;
  private final String action;

  NaiveInterpreter(World world, Call call) {
    this.world = world;
    this.documents = new NaiveDocuments(world);
    this.agent = world.agent();
    this.call = call;
    this.action = call.action().contains(":") ? call.action() : call.action() + ":";
  }

  Outcome decide() {
    List<String> ceiling = world.tenant().ceilings().get(agent.trustTier());
    if (agent.suspended()) {
      return Outcome.denied("agent_suspended");
    } else if (action.startsWith("delegate:")) {
      return Outcome.denied("delegation_unavailable");
    } else if (ceiling != null
        && ceiling.stream().noneMatch(pattern -> matches(pattern, "allow"))) {
      return Outcome.denied("tier_ceiling");
    }
    List<Applied> applied = documents.applied();
    List<Applied> tried =
        applied.stream().filter(p -> "dry_run".equals(p.document().get("enforcement"))).toList();
    Floor floor = agent.riskLevel() == null ? null : world.tenant().floors().get(agent.riskLevel());
    Outcome out = among(applied.stream().filter(policy -> !tried.contains(policy)).toList(), floor);
    List<String> dryRuns =
        tried.stream()
            .map(policy -> policy.name() + " " + among(List.of(policy), null).effect())
            .toList();
    return out.with(dryRuns);
  }

  /** What one of the policies' rules says, or else their defaults. */
  private Outcome among(List<Applied> policies, Floor floor) {
    List<Holding> winners = new ArrayList<>();
    List<Holding> unsure = new ArrayList<>();
    for (Applied policy : policies) {
      List<Holding> all = holding(policy);
      winner(policy, all.stream().filter(one -> !one.unsure()).toList()).forEach(winners::add);
      winner(policy, all).filter(Holding::unsure).forEach(unsure::add);
    }
    Holding decider =
        winners.stream()
            .min(Comparator.comparingInt(one -> SEVERITY.indexOf(one.effect())))
            .orElse(null);
    boolean byDefault =
        policies.stream()
            .allMatch(policy -> "allow".equals(documents.own(policy.document(), "defaultEffect")));
    boolean allowed =
        decider == null ? byDefault && !policies.isEmpty() : decider.effect().equals("allow");
    if (policies.isEmpty()) {
      return Outcome.denied("no_policy");
    } else if (allowed && !unsure.isEmpty()) {
      return outcome("pending_approval", "rule", unsure.getFirst(), policies, winners);
    } else if (allowed && floor != null && isBelow(floor, decider)) {
      return outcome("pending_approval", "risk_floor", decider, policies, winners);
    } else if (allowed) {
      return outcome("allow", decider == null ? "default" : "rule", decider, policies, winners);
    }
    String denied =
        decider == null || decider.effect().equals("deny") ? "deny" : "pending_approval";
    return outcome(denied, decider == null ? "default" : "rule", decider, policies, winners);
  }

  private Outcome outcome(
      String effect, String code, Holding by, List<Applied> policies, List<Holding> winners) {
    Applied policy =
        by != null
            ? by.policy()
            : policies.stream()
                .filter(
                    p ->
                        "allow".equals(documents.own(p.document(), "defaultEffect"))
                            != effect.equals("deny"))
                .findFirst()
                .orElseThrow();
    int revision =
        policy.published().revision() + (policy.document() == policy.published().canary() ? 1 : 0);
    List<String> limits = new ArrayList<>();
    TreeSet<String> redacted = new TreeSet<>();
    if (!effect.equals("deny")) {
      limits.addAll(by == null ? List.of() : limits(by));
      policies.forEach(
          p ->
              map(p.document().getOrDefault("rateLimits", Map.of()))
                  .forEach((name, n) -> limits.add(p.name() + "/" + name + " " + n)));
      Floor floor =
          agent.riskLevel() == null ? null : world.tenant().floors().get(agent.riskLevel());
      if (floor != null && floor.callsPerMinute() != null) {
        limits.add("risk_level/" + agent.riskLevel().text() + " " + floor.callsPerMinute());
      }
      Stream.concat(Stream.ofNullable(by), by == null ? Stream.of() : winners.stream())
          .forEach(
              one ->
                  redacted.addAll(
                      texts(map(one.rule().getOrDefault("obligations", Map.of())).get("redact"))));
    }
    return new Outcome(
        effect,
        code,
        policy.name(),
        revision,
        by == null ? null : (String) by.rule().get("name"),
        limits,
        redacted,
        audit(by, policy, policies),
        List.of());
  }

  /** The most that the decider and the audit rules that hold, or may, want recorded. */
  private String audit(Holding by, Applied policy, List<Applied> policies) {
    List<String> levels = new ArrayList<>();
    levels.add(NaiveDocuments.auditLevel(by == null ? Map.of() : by.rule(), policy.document()));
    for (Applied each : policies) {
      for (Map<String, Object> rule : documents.rules(each.document())) {
        if (!rule.containsKey("effect")
            && texts(rule.getOrDefault("actions", rule.get("action"))).stream()
                .anyMatch(pattern -> matches(pattern, "allow"))
            && !Boolean.FALSE.equals(conditions(each).test(rule.get("conditions")))) {
          levels.add(NaiveDocuments.auditLevel(rule, each.document()));
        }
      }
    }
    return Collections.max(levels, Comparator.comparingInt(LEVELS::indexOf));
  }

  private boolean isBelow(Floor floor, Holding decider) {
    boolean exact =
        decider != null
            && NaivePatterns.normal(decider.pattern()).equals(action)
            && !decider.pattern().contains("*");
    return floor.requireApproval().stream().anyMatch(pattern -> matches(pattern, "deny"))
        && floor.except().stream().noneMatch(pattern -> matches(pattern, "allow"))
        && !(floor.exactRuleSuffices() && exact);
  }

  private List<String> limits(Holding by) {
    NaiveConditions conditions = conditions(by.policy());
    return NaiveDocuments.limitTerms(by.rule().get("conditions"))
        .map(
            term -> {
              boolean rate = term.is("rate_limit");
              int keyAt = rate ? 2 : 3;
              String key =
                  term.args().size() <= keyAt
                      ? ""
                      : " for "
                          + Objects.requireNonNullElse(
                              conditions.key(term.arg(keyAt)), "[missing]");
              Object limit = ((Expr) term.args().get(rate ? 0 : 1)).args().getFirst();
              BigDecimal amount = rate ? null : conditions.amount(term.arg(0));
              return by.policy().name()
                  + "/"
                  + by.rule().get("name")
                  + " "
                  + (rate ? "" : (amount == null ? limit : amount) + " of ")
                  + limit
                  + key;
            })
        .toList();
  }

  private NaiveConditions conditions(Applied policy) {
    Object zone = documents.own(policy.document(), "timezone");
    return new NaiveConditions(
        agent, call, zone == null ? world.tenant().zone() : ZoneId.of((String) zone));
  }

  private List<Holding> holding(Applied policy) {
    NaiveConditions conditions = conditions(policy);
    List<Map<String, Object>> rules = documents.rules(policy.document());
    List<Holding> holding = new ArrayList<>();
    for (Map<String, Object> rule : rules) {
      String effect = (String) rule.get("effect");
      Boolean truth = conditions.test(rule.get("conditions"));
      boolean holds = effect != null && (truth == null ? !effect.equals("allow") : truth);
      for (String pattern : texts(rule.getOrDefault("actions", rule.get("action")))) {
        if (holds && matches(pattern, effect)) {
          boolean unsure = truth == null && effect.equals("require_approval");
          holding.add(new Holding(policy, rules.indexOf(rule), rule, pattern, unsure));
        }
      }
    }
    return holding;
  }

  private Stream<Holding> winner(Applied policy, List<Holding> holding) {
    String combining = (String) policy.document().getOrDefault("combining", "narrowest");
    if (combining.equals("first-match")) {
      return holding.stream().limit(1);
    }
    return holding.stream()
        .filter(
            one ->
                combining.equals("deny-overrides")
                    || holding.stream().noneMatch(other -> beats(other, one)))
        .min(Comparator.comparingInt(one -> SEVERITY.indexOf(one.effect())))
        .stream();
  }

  private static boolean beats(Holding a, Holding b) {
    return NaivePatterns.normal(a.pattern()).equals(NaivePatterns.normal(b.pattern()))
        ? a.position() < b.position()
        : NaivePatterns.within(a.pattern(), a.effect(), b.pattern(), b.effect())
            && !NaivePatterns.within(b.pattern(), b.effect(), a.pattern(), a.effect());
  }

  private boolean matches(String pattern, String effect) {
    return NaivePatterns.matches(pattern, effect, action);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  static List<String> texts(Object value) {
    return value == null
        ? List.of()
        : value instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of((String) value);
  }
}
