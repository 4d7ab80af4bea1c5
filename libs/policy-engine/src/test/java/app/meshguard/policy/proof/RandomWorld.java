package app.meshguard.policy.proof;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.proof.World.Floor;
import app.meshguard.policy.proof.World.Published;
import app.meshguard.policy.proof.World.Tenant;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes up tenants: documents of every shape, an agent and its calls. */
final class RandomWorld {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final List<String> VERBS = List.of("read", "rd", "write", "r");
  private static final List<String> VERB_PATTERNS = List.of("read", "read", "*", "r*", "*d");
  private static final List<String> LEVELS = List.of("standard", "detailed", "enhanced");
  private static final List<String> ZONES = List.of("UTC", "Asia/Kolkata", "America/New_York");

  /**
   * What may be made up.
   *
   * @param around whether states, tiers, risk levels, dry runs and canaries are
   * @param asksForAbsence whether conditions ask if something is there
   */
  record Kind(boolean around, boolean asksForAbsence) {
    static final Kind EVERYTHING = new Kind(true, true);
  }

  private final Choices choices;
  private final Words words;
  private final Kind kind;
  private final RandomConditions conditions;
  private int rules;

  RandomWorld(Choices choices, Words words, Kind kind) {
    this.choices = choices;
    this.words = words;
    this.kind = kind;
    this.conditions = new RandomConditions(choices, words, kind.asksForAbsence());
  }

  World make(int callCount) {
    List<Published> policies = new ArrayList<>();
    int count = 1 + choices.below(words.policies().size());
    for (int i = 0; i < count; i++) {
      policies.add(published(words.policies().get(i), i));
    }
    Agent agent = agent();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < callCount; i++) {
      calls.add(call());
    }
    return new World(policies, tenant(), agent, calls);
  }

  private Published published(String name, int index) {
    Map<String, Object> document = document(name, index);
    boolean canary = kind.around() && choices.oneIn(8);
    return new Published(
        name,
        1 + index,
        document,
        canary ? document(name, index) : null,
        canary ? 1 + choices.below(99) : 0);
  }

  private Map<String, Object> document(String name, int index) {
    return switch (choices.below(8)) {
      case 0 -> access(name);
      case 1 -> guardrails(name);
      default -> policy(name, index);
    };
  }

  private Map<String, Object> policy(String name, int index) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("name", name);
    if (choices.oneIn(5)) {
      policy.put("appliesTo", appliesTo());
    }
    if (index > 0 && choices.oneIn(4)) {
      policy.put("extends", words.policies().get(choices.below(index)));
    }
    if (choices.oneIn(10)) {
      policy.put("abstract", choices.oneIn(2));
    }
    if (kind.around() && choices.oneIn(8)) {
      policy.put("enforcement", "dry_run");
    }
    if (choices.oneIn(3)) {
      policy.put("combining", choices.of(List.of("narrowest", "first-match", "deny-overrides")));
    }
    if (choices.oneIn(4)) {
      policy.put("timezone", choices.of(ZONES));
    }
    if (choices.oneIn(2)) {
      policy.put("defaultEffect", choices.of(List.of("allow", "deny")));
    }
    if (choices.oneIn(8)) {
      policy.put("rateLimits", Map.of("requestsPerMinute", 1 + choices.below(9)));
    }
    if (choices.oneIn(8)) {
      policy.put("humanInTheLoop", Map.of("requireApproval", List.of(pattern())));
    }
    if (choices.oneIn(6)) {
      policy.put("audit", Map.of("level", choices.of(LEVELS)));
    }
    List<Object> list = new ArrayList<>();
    int count = 1 + choices.below(6);
    for (int i = 0; i < count; i++) {
      list.add(rule());
    }
    policy.put("rules", list);
    return policy;
  }

  private Map<String, Object> appliesTo() {
    return switch (choices.below(6)) {
      case 0 -> Map.of("tags", List.of(choices.of(words.tags()), choices.of(words.tags())));
      case 1 -> Map.of("allTags", List.of(choices.of(words.tags()), choices.of(words.tags())));
      case 2 -> Map.of("roles", List.of(choices.of(words.tags())));
      case 3 -> Map.of("agentIds", List.of(choices.of(List.of(words.agent(), "somebody"))));
      case 4 -> Map.of("trustTiers", List.of("verified"), "tags", words.tags());
      default -> Map.of("riskLevels", List.of("low", "high"));
    };
  }

  Map<String, Object> rule() {
    String effect = choices.of(List.of("allow", "allow", "deny", "require_approval"));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("name", words.rule() + rules++);
    if (choices.oneIn(5)) {
      rule.put("actions", List.of(pattern(), pattern()));
    } else {
      rule.put("action", pattern());
    }
    boolean audits = choices.oneIn(10);
    if (audits || choices.oneIn(8)) {
      rule.put("audit", choices.oneIn(2) ? true : Map.of("level", choices.of(LEVELS)));
    }
    if (choices.oneIn(2)) {
      rule.put("conditions", conditions.any(!audits && !effect.equals("deny")));
    }
    if (audits) {
      return rule;
    }
    rule.put("effect", effect);
    if (!effect.equals("deny") && choices.oneIn(6)) {
      rule.put("obligations", Map.of("redact", List.of(choices.of(words.attributes()))));
    }
    return rule;
  }

  private Map<String, Object> access(String name) {
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("name", name);
    if (choices.oneIn(2)) {
      access.put("agent", choices.of(List.of(words.agent(), words.agent(), "somebody")));
    }
    if (access.size() == 1 || choices.oneIn(2)) {
      access.put("role", choices.of(words.tags()));
    }
    Map<String, Object> tools = new LinkedHashMap<>();
    if (!choices.oneIn(4)) {
      tools.put("allow", List.of(choices.of(words.letters())));
    }
    if (tools.isEmpty() || choices.oneIn(2)) {
      tools.put("deny", List.of(choices.of(words.letters())));
    }
    access.put("access", Map.of("tools", tools));
    if (kind.around() && choices.oneIn(8)) {
      access.put("enforcement", "dry_run");
    }
    return access;
  }

  private Map<String, Object> guardrails(String name) {
    Map<String, Object> guardrails = new LinkedHashMap<>();
    guardrails.put("name", name);
    if (choices.oneIn(3)) {
      guardrails.put("appliesTo", appliesTo());
    }
    Map<String, Object> tiers = new LinkedHashMap<>();
    tiers.put(
        choices.oneIn(2) ? "tier_1_automatic" : "tier_2_logged", List.of(words.letters().get(0)));
    if (choices.oneIn(2)) {
      tiers.put("tier_3_approval", List.of(words.letters().get(1)));
    }
    if (choices.oneIn(2)) {
      tiers.put("tier_4_blocked", List.of(words.letters().get(2)));
    }
    guardrails.put("guardrails", tiers);
    return guardrails;
  }

  private String pattern() {
    String a = choices.of(words.letters());
    String b = choices.of(words.letters());
    String verb = choices.oneIn(8) ? "tool" : choices.of(VERB_PATTERNS);
    List<String> resources =
        List.of(
            "*",
            a,
            a + "." + b,
            a + "*",
            "*" + b,
            "*." + b,
            a + ".*",
            "*" + a + "*",
            a + "/*",
            "*.*",
            "",
            a + "*" + b,
            "**");
    int at = choices.below(resources.size() + 1);
    return at == resources.size() ? verb : verb + ":" + resources.get(at);
  }

  private String action() {
    String a = choices.of(words.letters());
    String b = choices.of(words.letters());
    String c = choices.of(words.letters());
    if (choices.oneIn(12)) {
      return choices.of(List.of("delegate:" + a, "delegate", a, "tool:" + a, "tool:" + b));
    }
    String verb = choices.oneIn(8) ? "tool" : choices.of(VERBS);
    List<String> resources =
        List.of(
            a,
            b,
            a + "." + b,
            a + "/" + b,
            a + b,
            a + "." + b + "." + c,
            a + "." + b + "/" + c,
            "",
            a + ":" + b);
    int at = choices.below(resources.size() + 1);
    return at == resources.size() ? verb : verb + ":" + resources.get(at);
  }

  private Call call() {
    Object resource =
        switch (choices.below(4)) {
          case 0 -> value();
          case 1 -> Map.of("id", "x", "type", choices.of(RandomConditions.VALUES));
          case 2 -> Map.of("type", "x");
          default -> null;
        };
    return new Call(
        action(),
        resource instanceof String || resource instanceof Map<?, ?> ? resource : null,
        context(),
        NOON.plusSeconds(choices.below(7 * 24) * 3_600L),
        choices.oneIn(3) ? context() : Map.of(),
        choices.oneIn(3) ? context() : Map.of(),
        choices.oneIn(3) ? context() : Map.of());
  }

  private Map<String, Object> context() {
    Map<String, Object> context = new LinkedHashMap<>();
    for (String name : words.attributes()) {
      if (!choices.oneIn(4)) {
        context.put(name, value());
      }
    }
    return context;
  }

  private Object value() {
    return switch (choices.below(12)) {
      case 0 -> JsonNull.NULL;
      case 1 -> List.of(choices.of(RandomConditions.VALUES), choices.of(RandomConditions.VALUES));
      case 2 -> Map.of(choices.of(words.attributes()), choices.of(RandomConditions.VALUES));
      case 3 -> List.of();
      case 4 -> choices.of(words.tags());
      default -> choices.of(RandomConditions.VALUES);
    };
  }

  private Agent agent() {
    Set<String> tags = new HashSet<>();
    Set<String> roles = new HashSet<>();
    words.tags().stream().filter(unused -> choices.oneIn(2)).forEach(tags::add);
    words.tags().stream().filter(unused -> choices.oneIn(2)).forEach(roles::add);
    boolean around = kind.around();
    return new Agent(
        "agent_" + choices.below(20),
        words.agent(),
        around && choices.oneIn(3) ? choices.of(List.of(TrustTier.values())) : TrustTier.VERIFIED,
        around && choices.oneIn(2) ? choices.of(List.of(RiskLevel.values())) : null,
        tags,
        roles,
        null,
        choices.oneIn(2) ? "x" : null,
        Map.of(words.attributes().getFirst(), choices.of(RandomConditions.VALUES)),
        around && choices.oneIn(40));
  }

  private Tenant tenant() {
    Map<TrustTier, List<String>> ceilings = new EnumMap<>(TrustTier.class);
    ceilings.put(TrustTier.UNTRUSTED, choices.oneIn(2) ? List.of() : List.of("r*"));
    ceilings.put(TrustTier.BASIC, List.of(choices.oneIn(2) ? "read:*" : "*"));
    Map<RiskLevel, Floor> floors = new EnumMap<>(RiskLevel.class);
    floors.put(RiskLevel.LOW, new Floor(null, List.of(), List.of(), false));
    floors.put(RiskLevel.MEDIUM, new Floor(600, List.of(), List.of(), false));
    floors.put(RiskLevel.HIGH, new Floor(null, List.of("*"), List.of("read:*"), true));
    floors.put(RiskLevel.CRITICAL, new Floor(null, List.of("*"), List.of(), false));
    if (choices.oneIn(4)) {
      floors.put(
          choices.of(List.of(RiskLevel.values())),
          new Floor(
              choices.oneIn(2) ? (Integer) (1 + choices.below(9)) : null,
              List.of(pattern()),
              choices.oneIn(2) ? List.of() : List.of(pattern()),
              choices.oneIn(2)));
    }
    return new Tenant(ZoneId.of(choices.of(ZONES)), ceilings, floors);
  }
}
