package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks for. All values are JSON values: String, BigDecimal, Boolean, {@link
 * app.meshguard.policy.value.JsonNull#NULL}, List and Map of those. The maps are read and not
 * copied: a copy per decision would cost more than the decision.
 *
 * @param resource a text, or a map with {@code id}, {@code type} and attributes
 * @param context {@code request.*}: what the caller says of the call
 * @param time {@code time.*}, and what ages are counted to
 * @param delegation {@code delegation.*}: from a receipt that was verified, never from the caller
 * @param tenant {@code tenant.*}
 * @param env {@code env.*}: set by the target or the deployment, never by the caller
 */
public record Call(
    String action,
    @Nullable Object resource,
    Map<String, Object> context,
    Instant time,
    Map<String, Object> delegation,
    Map<String, Object> tenant,
    Map<String, Object> env) {
  /** A call of which only the action, resource and context are known. */
  public Call(String action, @Nullable Object resource, Map<String, Object> context, Instant time) {
    this(action, resource, context, time, Map.of(), Map.of(), Map.of());
  }

  /** The call as conditions see it, made by an agent with these attributes and tags. */
  Facts facts(Map<String, Object> agent, Set<String> tags) {
    return new Facts(action, resource, context, agent, tags, delegation, tenant, env, time);
  }
}
