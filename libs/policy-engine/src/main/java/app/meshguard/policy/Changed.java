package app.meshguard.policy;

import app.meshguard.policy.condition.Attribute;
import app.meshguard.policy.condition.Proposal;
import app.meshguard.policy.value.JsonNull;
import app.meshguard.policy.value.RiskLevel;
import app.meshguard.policy.value.TrustTier;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agent and its call with other values, to see what would be decided. */
final class Changed {
  private Agent agent;
  private Call call;

  /** The agent is taken as not suspended: that is what a change is asked for. */
  Changed(Agent agent, Call call) {
    this.agent = new AgentCopy(agent).active();
    this.call = call;
  }

  Agent agent() {
    return agent;
  }

  Call call() {
    return call;
  }

  /** False when this value cannot be changed so. */
  boolean make(Step step) {
    Proposal proposal = step.proposal();
    List<String> path = proposal.attribute().path();
    return switch (proposal.attribute().root()) {
      case REQUEST -> {
        Map<String, Object> context = ChangedMap.of(call.context(), path, proposal);
        yield context != null && setCall(context, call.resource());
      }
      case RESOURCE -> setResource(path, proposal);
      case AGENT -> setAgent(path, proposal);
      case TIME -> setTime(proposal.attribute(), proposal.value(), step.zone());
      case ACTION, DELEGATION, TENANT, ENV -> false;
    };
  }

  private boolean setCall(Map<String, Object> context, @Nullable Object resource) {
    call =
        new Call(
            call.action(),
            resource,
            context,
            call.time(),
            call.delegation(),
            call.tenant(),
            call.env());
    return true;
  }

  private boolean setResource(List<String> path, Proposal proposal) {
    boolean itself = path.isEmpty() || path.equals(List.of("id"));
    if (itself && !(call.resource() instanceof Map<?, ?>)) {
      return proposal.kind() != Proposal.Kind.ADD
          && proposal.kind() != Proposal.Kind.REMOVE
          && setCall(call.context(), proposal.value());
    }
    Map<?, ?> attributes =
        call.resource() instanceof Map<?, ?> map
            ? map
            : call.resource() == null ? Map.of() : Map.of("id", call.resource());
    Map<String, Object> resource =
        ChangedMap.of(attributes, path.isEmpty() ? List.of("id") : path, proposal);
    return resource != null && setCall(call.context(), resource);
  }

  private boolean setTime(Attribute attribute, @Nullable Object value, ZoneId zone) {
    ZonedDateTime now = call.time().atZone(zone);
    ZonedDateTime then;
    try {
      then =
          switch (attribute.path().getFirst()) {
            case "hour" -> now.withHour(whole(value));
            case "minute" -> now.withMinute(whole(value));
            case "weekday" ->
                now.plusDays(Math.floorMod(whole(value) - now.getDayOfWeek().getValue(), 7));
            case "date" -> now.with(LocalDate.parse(String.valueOf(value)));
            default -> null;
          };
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
    if (then == null) {
      return false;
    }
    call =
        new Call(
            call.action(),
            call.resource(),
            call.context(),
            then.toInstant(),
            call.delegation(),
            call.tenant(),
            call.env());
    return true;
  }

  private static int whole(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.intValueExact();
    }
    throw new ArithmeticException("no number");
  }

  private boolean setAgent(List<String> path, Proposal proposal) {
    AgentCopy copy = new AgentCopy(agent);
    Agent changed =
        switch (path.getFirst()) {
          case "id", "name" -> null;
          case "trust_tier" -> TrustTier.parse(text(proposal)).map(copy::with).orElse(null);
          case "risk_level" -> RiskLevel.parse(text(proposal)).map(copy::with).orElse(null);
          case "tags" ->
              set(agent.tags(), proposal) instanceof Set<String> tags ? copy.withTags(tags) : null;
          case "roles" ->
              set(agent.roles(), proposal) instanceof Set<String> roles
                  ? copy.withRoles(roles)
                  : null;
          case "department" -> copy.withDepartment(textOrNull(proposal));
          case "owner" -> copy.withOwner(textOrNull(proposal));
          default -> {
            Map<String, Object> metadata = ChangedMap.of(agent.metadata(), path, proposal);
            yield metadata == null ? null : copy.withMetadata(metadata);
          }
        };
    if (changed == null) {
      return false;
    }
    agent = changed;
    return true;
  }

  private static String text(Proposal proposal) {
    return String.valueOf(proposal.value());
  }

  private static @Nullable String textOrNull(Proposal proposal) {
    Object value = proposal.value();
    return value == null || value == JsonNull.NULL ? null : value.toString();
  }

  private static @Nullable Set<String> set(Set<String> present, Proposal proposal) {
    if (!(proposal.value() instanceof String item)) {
      return null;
    }
    Set<String> changed = new HashSet<>(present);
    return switch (proposal.kind()) {
      case ADD -> changed.add(item) ? changed : null;
      case REMOVE -> changed.remove(item) ? changed : null;
      case SET, CLEAR -> null;
    };
  }
}
