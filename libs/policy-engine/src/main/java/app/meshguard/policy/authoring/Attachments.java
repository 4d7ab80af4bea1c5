package app.meshguard.policy.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.document.AppliesTo;
import app.meshguard.policy.value.RiskLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what of an agent makes a policy apply to it. */
final class Attachments {
  private Attachments() {}

  /** One entry for each thing that counted; {@code everyone} where none did. */
  static List<String> of(AppliesTo appliesTo, Agent agent) {
    List<String> via = new ArrayList<>();
    Set<String> ids = appliesTo.agentIds();
    if (ids != null) {
      via.add(ids.contains(agent.name()) ? "name " + agent.name() : "id " + agent.id());
    }
    addCommon(via, "role ", appliesTo.roles(), agent.roles());
    if (appliesTo.trustTiers() != null) {
      via.add("tier " + agent.trustTier().text());
    }
    RiskLevel level = agent.riskLevel();
    if (appliesTo.riskLevels() != null && level != null) {
      via.add("risk level " + level.text());
    }
    addCommon(via, "tag ", appliesTo.tags(), agent.tags());
    addCommon(via, "tag ", appliesTo.allTags(), agent.tags());
    return via.isEmpty() ? List.of("everyone") : via.stream().distinct().toList();
  }

  private static void addCommon(
      List<String> via, String what, @Nullable Set<String> asked, Set<String> has) {
    if (asked != null) {
      Set<String> common = new TreeSet<>(asked);
      common.retainAll(has);
      common.forEach(name -> via.add(what + name));
    }
  }
}
