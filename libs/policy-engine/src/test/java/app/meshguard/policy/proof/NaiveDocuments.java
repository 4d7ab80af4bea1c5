package app.meshguard.policy.proof;

import app.meshguard.policy.Agent;
import app.meshguard.policy.proof.World.Published;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Which of a tenant's documents are an agent's, and the rules that each comes down to. */
final class NaiveDocuments {
  private final World world;
  private final Agent agent;

  NaiveDocuments(World world) {
    this.world = world;
    this.agent = world.agent();
  }

  /** The policies that apply, in the order of their names. */
  List<Applied> applied() {
    return world.policies().stream()
        .sorted(Comparator.comparing(Published::name))
        .map(policy -> new Applied(policy, inForce(policy)))
        .filter(policy -> applies(policy.document()))
        .toList();
  }

  /** A policy that applies, in the revision that is for the agent. */
  record Applied(Published published, Map<String, Object> document) {
    String name() {
      return published.name();
    }
  }

  /** The canary of a policy is for the agents whose hash, modulo 100, is below its percentage. */
  private Map<String, Object> inForce(Published policy) {
    return policy.canary() != null && share(policy.name()) < policy.percent()
        ? policy.canary()
        : policy.document();
  }

  private long share(String policy) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((policy + "\n" + agent.id()).getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, Arrays.copyOf(hash, 4)).longValueExact() % 100;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean applies(Map<String, Object> document) {
    if (Boolean.TRUE.equals(document.get("abstract"))) {
      return false;
    }
    if (document.containsKey("access")) {
      return Stream.of(agent.id(), agent.name(), null)
              .anyMatch(name -> Objects.equals(name, document.get("agent")))
          && (!document.containsKey("role") || agent.roles().contains(document.get("role")));
    }
    return NaiveInterpreter.map(document.getOrDefault("appliesTo", Map.of())).entrySet().stream()
        .allMatch(given -> isOf(given.getKey(), NaiveInterpreter.texts(given.getValue())));
  }

  private boolean isOf(String key, List<String> wanted) {
    return switch (key) {
      case "agentIds" -> wanted.contains(agent.id()) || wanted.contains(agent.name());
      case "roles" -> agent.roles().stream().anyMatch(wanted::contains);
      case "trustTiers" -> wanted.contains(agent.trustTier().text());
      case "riskLevels" -> agent.riskLevel() != null && wanted.contains(agent.riskLevel().text());
      case "tags" -> agent.tags().stream().anyMatch(wanted::contains);
      case "allTags" -> agent.tags().containsAll(wanted);
      default -> throw new IllegalStateException(key);
    };
  }

  /** All rules of a document, whatever its shape: its own, then those of what it extends. */
  List<Map<String, Object>> rules(Map<String, Object> document) {
    List<Map<String, Object>> rules = new ArrayList<>();
    ((List<?>) document.getOrDefault("rules", List.of()))
        .forEach(rule -> rules.add(NaiveInterpreter.map(rule)));
    NaiveInterpreter.texts(
            NaiveInterpreter.map(document.getOrDefault("humanInTheLoop", Map.of()))
                .get("requireApproval"))
        .forEach(p -> rules.add(rule("require_approval", p)));
    Map<String, Object> tools =
        NaiveInterpreter.map(
            NaiveInterpreter.map(document.getOrDefault("access", Map.of()))
                .getOrDefault("tools", Map.of()));
    NaiveInterpreter.texts(tools.get("deny"))
        .forEach(tool -> rules.add(rule("deny", "tool:" + tool)));
    NaiveInterpreter.texts(tools.get("allow"))
        .forEach(tool -> rules.add(rule("allow", "tool:" + tool)));
    if (document.containsKey("access")) {
      rules.add(rule("deny", "tool:*"));
    }
    NaiveInterpreter.map(document.getOrDefault("guardrails", Map.of()))
        .forEach(
            (tier, operations) ->
                NaiveInterpreter.texts(operations).forEach(op -> rules.add(guard(tier, op))));
    if (document.containsKey("extends")) {
      rules.addAll(rules(base(document)));
    }
    return rules;
  }

  private static Map<String, Object> rule(String effect, String... patterns) {
    return Map.of("actions", List.of(patterns), "effect", effect);
  }

  private static Map<String, Object> guard(String tier, String op) {
    return switch (tier) {
      case "tier_1_automatic" -> rule("allow", op, "tool:" + op);
      case "tier_2_logged" -> {
        Map<String, Object> logged = new HashMap<>(rule("allow", op, "tool:" + op));
        logged.put("audit", "detailed");
        yield logged;
      }
      case "tier_3_approval" -> rule("require_approval", op, "tool:" + op, "*:" + op);
      default -> rule("deny", op, "tool:" + op, "*:" + op);
    };
  }

  private Map<String, Object> base(Map<String, Object> document) {
    return world.policies().stream()
        .filter(p -> p.name().equals(document.get("extends")))
        .map(this::inForce)
        .findFirst()
        .orElseThrow();
  }

  /** What a document says itself, or what it extends. */
  Object own(Map<String, Object> document, String key) {
    return document.containsKey(key) || !document.containsKey("extends")
        ? document.get(key)
        : own(base(document), key);
  }

  /** A limit is a whole condition, or an operand of a top-level AND. */
  static Stream<Expr> limitTerms(Object condition) {
    return switch (condition) {
      case List<?> list -> list.stream().flatMap(NaiveDocuments::limitTerms);
      case Expr e when e.is("and") -> e.args().stream().flatMap(NaiveDocuments::limitTerms);
      case Expr e when e.is("rate_limit") || e.is("budget") -> Stream.of(e);
      case null, default -> Stream.of();
    };
  }

  /** How much a rule wants recorded, or else its policy. */
  static String auditLevel(Map<String, Object> rule, Map<String, Object> document) {
    return Stream.of(rule, document)
        .map(from -> from.get("audit"))
        .map(audit -> audit instanceof Map<?, ?> map ? map.get("level") : audit)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst()
        .orElse("standard");
  }
}
