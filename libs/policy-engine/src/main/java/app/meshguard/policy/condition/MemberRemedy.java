package app.meshguard.policy.condition;

import java.util.ArrayList;
import java.util.List;

/** What would make a value one of a list, or not; and a text a part of another. */
final class MemberRemedy {
  private final Facts facts;

  MemberRemedy(Facts facts) {
    this.facts = facts;
  }

  List<Proposal> of(Membership membership, boolean wanted) {
    List<Proposal> proposals = new ArrayList<>();
    Object member = membership.member().value(facts);
    Object container = membership.container().value(facts);
    if (membership.member() instanceof Attribute attribute && container instanceof List<?> items) {
      proposals.addAll(wanted ? oneOf(attribute, items) : NearestValue.otherThan(attribute, items));
    }
    if (membership.container() instanceof Attribute attribute && member != null) {
      proposals.addAll(wanted ? with(attribute, member) : without(attribute, member));
    }
    return proposals;
  }

  private static List<Proposal> oneOf(Attribute attribute, List<?> all) {
    List<?> items = all.stream().limit(NearestValue.MOST_ITEMS).toList();
    String choice = "one of " + String.join(", ", items.stream().map(NearestValue::shown).toList());
    return items.stream()
        .map(
            item ->
                items.size() == 1
                    ? Proposal.set(attribute, item)
                    : Proposal.set(attribute, item, choice))
        .toList();
  }

  private List<Proposal> with(Attribute container, Object member) {
    Object present = container.value(facts);
    if (present instanceof List<?> || isAgentsSet(container)) {
      return List.of(Proposal.add(container, member));
    }
    return member instanceof String part
        ? List.of(
            Proposal.set(
                container,
                present instanceof String text ? text + part : part,
                "a text that contains " + NearestValue.shown(part)))
        : List.of(Proposal.set(container, List.of(member)));
  }

  private List<Proposal> without(Attribute container, Object member) {
    Object present = container.value(facts);
    String need = "without " + NearestValue.shown(member);
    if (present instanceof String text && member instanceof String part && !part.isEmpty()) {
      return List.of(Proposal.set(container, text.replace(part, ""), need));
    }
    return present instanceof List<?> || isAgentsSet(container)
        ? List.of(Proposal.remove(container, member))
        : List.of(Proposal.set(container, List.of(), "a list " + need));
  }

  private static boolean isAgentsSet(Attribute attribute) {
    return attribute.isAgents("tags") || attribute.isAgents("roles");
  }
}
