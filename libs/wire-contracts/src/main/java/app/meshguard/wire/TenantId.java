package app.meshguard.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a tenant, {@code org_} and 16 base62 characters. It comes from a verified credential
 * and from nowhere else.
 */
public record TenantId(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("org_[0-9A-Za-z]{16}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TenantId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tenant id: expected org_ and 16 base62 characters");
    }
  }

  /** The part of the id that stands in API keys: the id without its {@code org_}. */
  public String opaque() {
    return value.substring(4);
  }

  public static TenantId fromOpaque(String opaque) {
    return new TenantId("org_" + opaque);
  }

  @Override
  public String toString() {
    return value;
  }
}
