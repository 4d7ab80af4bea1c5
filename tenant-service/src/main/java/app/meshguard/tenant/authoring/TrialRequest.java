package app.meshguard.tenant.authoring;

import app.meshguard.policy.Call;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.platform.RequestObject;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A call that is only tried. */
@Schema(name = "TryCall")
record TrialRequest(
    @Schema(required = true, description = "id or name") String agent,
    @Schema(required = true, maxLength = 512) String action,
    @Schema(description = "a text, or an object with id, type and attributes")
        @Nullable Object resource,
    @Schema(description = "what policies read as request.*") Map<String, Object> context,
    @Schema(description = "RFC 3339; now by default") @Nullable Instant time,
    @Schema(description = "YAML: tried as if these were applied") @Nullable String policies) {
  private static final int MOST_CONTEXT = 262_144;
  private static final int MOST_TEXT = 300_000;

  static TrialRequest read(RequestObject json) {
    TrialRequest request =
        new TrialRequest(
            json.requiredText("agent", 128),
            json.requiredText("action", 512),
            json.textOrMap("resource", MOST_CONTEXT),
            json.map("context", MOST_CONTEXT),
            json.time("time"),
            json.document("policies", MOST_TEXT));
    json.done();
    return request;
  }

  /** The call as a replica would see it that decides {@code now}. */
  Call call(EngineTenant tenant, Instant now) {
    return new Call(
        action,
        resource == null ? null : JsonValues.seen(resource),
        JsonValues.seen(context),
        time == null ? now : time,
        Map.of(),
        tenant.facts(),
        tenant.env());
  }
}
