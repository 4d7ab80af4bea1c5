package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Proposal;
import java.time.ZoneId;

/**
 * One change of a request or an agent.
 *
 * @param zone that the clock is read in, where the change is one of time
 */
record Step(Proposal proposal, ZoneId zone) {
  Attribute attribute() {
    return proposal.attribute();
  }

  /** What the step is about: of two that are about the same, the later counts. */
  String subject() {
    Attribute attribute = attribute();
    String path = attribute.root() + "." + String.join(".", attribute.path());
    return switch (proposal.kind()) {
      case SET, CLEAR -> path;
      case ADD, REMOVE -> path + " " + proposal.value();
    };
  }

  /** Between 1 and 2: what is easier for who calls counts less. */
  double weight() {
    return switch (attribute().root()) {
      case REQUEST -> proposal.isStandIn() ? 1.05 : 1;
      case RESOURCE -> 1.1;
      case TIME -> 1.2;
      case AGENT ->
          switch (proposal.kind()) {
            case ADD -> 1.3;
            case SET -> 1.4;
            case REMOVE, CLEAR -> 1.6;
          };
      case ACTION, DELEGATION, TENANT, ENV -> 1.9;
    };
  }
}
