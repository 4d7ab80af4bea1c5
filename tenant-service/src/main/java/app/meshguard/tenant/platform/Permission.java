package app.meshguard.tenant.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The thirteen permissions that an admin token may carry. */
public enum Permission {
  AGENTS_READ,
  AGENTS_WRITE,
  AGENTS_DELETE,
  POLICIES_READ,
  POLICIES_WRITE,
  POLICIES_DELETE,
  AUDIT_READ,
  ALERTS_READ,
  ALERTS_WRITE,
  TRUST_READ,
  TRUST_WRITE,
  BILLING_READ,
  BILLING_WRITE;

  /** As it is written: {@code agents:read}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ':');
  }

  /** All thirteen, as they are written. */
  public static List<String> all() {
    return Arrays.stream(values()).map(Permission::text).toList();
  }
}
