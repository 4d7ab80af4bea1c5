package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Proposal;
import app.meshguard.policy.document.AppliesTo;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What would have to be otherwise of an agent for a policy to be for it, or not to be. */
final class Attachment {
  static final Attribute TIER = Attribute.of(List.of("agent", "trust_tier"));
  static final Attribute RISK = Attribute.of(List.of("agent", "risk_level"));
  private static final Attribute TAGS = Attribute.of(List.of("agent", "tags"));
  private static final Attribute ROLES = Attribute.of(List.of("agent", "roles"));
  private static final int MOST = 4;

  private final Agent agent;
  private final AppliesTo appliesTo;

  Attachment(Agent agent, AppliesTo appliesTo) {
    this.agent = agent;
    this.appliesTo = appliesTo;
  }

  /** Alternatives with which the policy is for the agent; none where only another agent is. */
  List<List<Proposal>> joining() {
    Set<String> ids = appliesTo.agentIds();
    if (ids != null && !ids.contains(agent.id()) && !ids.contains(agent.name())) {
      return List.of();
    }
    List<List<Proposal>> ways = List.of(List.of());
    Set<String> roles = appliesTo.roles();
    if (roles != null && Collections.disjoint(roles, agent.roles())) {
      ways = each(ways, sorted(roles).map(role -> Proposal.add(ROLES, role)).toList());
    }
    Set<TrustTier> tiers = appliesTo.trustTiers();
    if (tiers != null && !tiers.contains(agent.trustTier())) {
      ways = each(ways, tiers(tiers));
    }
    Set<RiskLevel> levels = appliesTo.riskLevels();
    RiskLevel level = agent.riskLevel();
    if (levels != null && (level == null || !levels.contains(level))) {
      ways = each(ways, levels(levels));
    }
    Set<String> tags = appliesTo.tags();
    if (tags != null && Collections.disjoint(tags, agent.tags())) {
      ways = each(ways, sorted(tags).map(tag -> Proposal.add(TAGS, tag)).toList());
    }
    Set<String> allTags = appliesTo.allTags();
    if (allTags != null) {
      for (String tag : sorted(allTags).filter(tag -> !agent.tags().contains(tag)).toList()) {
        ways = each(ways, List.of(Proposal.add(TAGS, tag)));
      }
    }
    return ways;
  }

  /** Alternatives with which the policy is no longer for the agent. */
  List<List<Proposal>> leaving() {
    List<List<Proposal>> ways = new ArrayList<>();
    Set<String> roles = appliesTo.roles();
    if (roles != null) {
      ways.add(
          sorted(roles)
              .filter(agent.roles()::contains)
              .map(role -> Proposal.remove(ROLES, role))
              .toList());
    }
    Set<String> tags = appliesTo.tags();
    if (tags != null) {
      ways.add(
          sorted(tags)
              .filter(agent.tags()::contains)
              .map(tag -> Proposal.remove(TAGS, tag))
              .toList());
    }
    Set<String> allTags = appliesTo.allTags();
    if (allTags != null) {
      sorted(allTags).forEach(tag -> ways.add(List.of(Proposal.remove(TAGS, tag))));
    }
    Set<TrustTier> tiers = appliesTo.trustTiers();
    if (tiers != null) {
      tiers(without(TrustTier.values(), tiers)).forEach(tier -> ways.add(List.of(tier)));
    }
    Set<RiskLevel> levels = appliesTo.riskLevels();
    if (levels != null) {
      levels(without(RiskLevel.values(), levels)).forEach(level -> ways.add(List.of(level)));
    }
    return ways;
  }

  /** Tiers as proposals, the nearest first, of two that are as near the higher. */
  List<Proposal> tiers(Collection<TrustTier> tiers) {
    return tiers.stream()
        .sorted(
            Comparator.comparingInt((TrustTier tier) -> distance(tier, agent.trustTier()))
                .thenComparing(Comparator.reverseOrder()))
        .map(tier -> Proposal.set(TIER, tier.text()))
        .toList();
  }

  private List<Proposal> levels(Collection<RiskLevel> levels) {
    RiskLevel now = agent.riskLevel();
    return levels.stream()
        .sorted(
            Comparator.comparingInt(
                    (RiskLevel level) -> now == null ? level.ordinal() : distance(level, now))
                .thenComparing(Comparator.naturalOrder()))
        .map(level -> Proposal.set(RISK, level.text()))
        .toList();
  }

  private static int distance(Enum<?> a, Enum<?> b) {
    return Math.abs(a.ordinal() - b.ordinal());
  }

  private static <T> List<T> without(T[] all, Set<T> some) {
    return Arrays.stream(all).filter(one -> !some.contains(one)).toList();
  }

  private static Stream<String> sorted(Set<String> names) {
    return names.stream().sorted();
  }

  private static List<List<Proposal>> each(List<List<Proposal>> ways, List<Proposal> alternatives) {
    List<List<Proposal>> all = new ArrayList<>();
    for (List<Proposal> way : ways) {
      for (Proposal alternative : alternatives.stream().limit(MOST).toList()) {
        List<Proposal> longer = new ArrayList<>(way);
        longer.add(alternative);
        all.add(longer);
      }
    }
    return all;
  }
}
