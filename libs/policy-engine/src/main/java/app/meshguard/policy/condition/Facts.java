package app.meshguard.policy.condition;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the conditions of one call can see. For one call, one thread. */
public final class Facts {
  private final String action;
  private final @Nullable Object resource;
  private final Map<String, Object> request;
  private final Map<String, Object> agent;
  private final Set<String> tags;
  private final Map<String, Object> delegation;
  private final Map<String, Object> tenant;
  private final Map<String, Object> env;
  private final Instant time;
  private ZoneId zone = ZoneOffset.UTC;

  public Facts(
      String action,
      @Nullable Object resource,
      Map<String, Object> request,
      Map<String, Object> agent,
      Set<String> tags,
      Map<String, Object> delegation,
      Map<String, Object> tenant,
      Map<String, Object> env,
      Instant time) {
    this.action = action;
    this.resource = resource;
    this.request = request;
    this.agent = agent;
    this.tags = tags;
    this.delegation = delegation;
    this.tenant = tenant;
    this.env = env;
    this.time = time;
  }

  /** Sets the zone that {@code time.*} is read in: that of the policy whose turn it is. */
  public Facts in(ZoneId policyZone) {
    this.zone = policyZone;
    return this;
  }

  public String action() {
    return action;
  }

  public @Nullable Object resource() {
    return resource;
  }

  public Map<String, Object> request() {
    return request;
  }

  public Map<String, Object> agent() {
    return agent;
  }

  Set<String> tags() {
    return tags;
  }

  Map<String, Object> delegation() {
    return delegation;
  }

  Map<String, Object> tenant() {
    return tenant;
  }

  Map<String, Object> env() {
    return env;
  }

  public Instant time() {
    return time;
  }

  ZoneId zone() {
    return zone;
  }
}
