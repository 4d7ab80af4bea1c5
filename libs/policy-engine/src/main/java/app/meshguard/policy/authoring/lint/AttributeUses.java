package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.Agent;
import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.value.NearestName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which attributes rules look at and agents have, to tell a slip from a name. */
final class AttributeUses {
  private static final List<String> BUILT_IN =
      List.of(
          "request.http.method",
          "request.http.path",
          "request.http.query",
          "agent.id",
          "agent.name",
          "agent.trust_tier",
          "agent.risk_level",
          "agent.tags",
          "agent.roles",
          "agent.department",
          "agent.owner",
          "delegation.depth",
          "delegation.root",
          "delegation.chain",
          "resource.id",
          "resource.type");

  /** Each name is compared with all others, so with more than that none is. */
  private static final int MOST_NAMES = 1_000;

  private final Map<String, Integer> rulesUsing = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>(BUILT_IN);

  private AttributeUses() {}

  static AttributeUses of(Collection<PolicyDocument> documents, Collection<Agent> agents) {
    AttributeUses uses = new AttributeUses();
    documents.stream().flatMap(document -> document.rules().stream()).forEach(uses::count);
    agents.stream()
        .flatMap(agent -> agent.metadata().keySet().stream())
        .forEach(key -> uses.known.add("agent." + key));
    return uses;
  }

  private void count(Rule rule) {
    rule.conditions().entries().stream()
        .flatMap(entry -> entry.attributes().stream())
        .map(Attribute::canonical)
        .distinct()
        .forEach(path -> rulesUsing.merge(path, 1, Integer::sum));
  }

  /** What was probably meant, as a question; null where the name may well be right. */
  @Nullable String meantBy(Attribute attribute) {
    String path = attribute.canonical();
    if (known.contains(path)) {
      return null;
    }
    return switch (attribute.root()) {
      case DELEGATION -> ofDelegation(attribute);
      case REQUEST, AGENT, RESOURCE, TENANT, ENV -> slip(path);
      case ACTION, TIME -> null;
    };
  }

  private static @Nullable String ofDelegation(Attribute attribute) {
    String name = attribute.path().isEmpty() ? "" : attribute.path().getFirst();
    return "delegation has depth, root and chain"
        + (NearestName.slipOf(name, List.of("depth", "root", "chain")) instanceof String near
            ? "; did you mean 'delegation." + near + "'?"
            : "");
  }

  /** Near a name that is known, or that other rules use more often. */
  private @Nullable String slip(String path) {
    int own = rulesUsing.getOrDefault(path, 0);
    int dot = path.lastIndexOf('.');
    String parent = path.substring(0, dot + 1);
    Set<String> others = new TreeSet<>();
    known.stream().filter(name -> isBeside(name, parent)).forEach(others::add);
    boolean tooMany = rulesUsing.size() > MOST_NAMES;
    rulesUsing.forEach(
        (name, uses) -> {
          if (!tooMany && uses > own && isBeside(name, parent)) {
            others.add(name);
          }
        });
    String last = path.substring(dot + 1);
    List<String> names =
        others.stream()
            .map(name -> name.substring(parent.length()))
            .filter(name -> !isNumbered(name, last))
            .toList();
    String near = NearestName.slipOf(last, names);
    return near == null ? null : "did you mean '" + parent + near + "'?";
  }

  /** Names such as line1 and line2 are both meant. */
  private static boolean isNumbered(String a, String b) {
    return a.replaceAll("[0-9]", "").equals(b.replaceAll("[0-9]", ""));
  }

  private static boolean isBeside(String name, String parent) {
    return !parent.isEmpty() && name.startsWith(parent) && name.indexOf('.', parent.length()) < 0;
  }
}
