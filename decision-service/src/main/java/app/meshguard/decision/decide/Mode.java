package app.meshguard.decision.decide;

import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether decisions are enforced: {@code enforce}, or {@code audit}: decides and records, never
 * blocks. For all tenants; a tenant can also ask for {@code audit} alone.
 */
@Singleton
public class Mode {
  private static final String AUDIT = "audit";
  private static final String ENFORCE = "enforce";

  private final boolean auditOnly;

  Mode(@ConfigProperty(name = "meshguard.mode", defaultValue = ENFORCE) String mode) {
    String text = mode.toLowerCase(Locale.ROOT);
    if (!text.equals(AUDIT) && !text.equals(ENFORCE)) {
      throw new IllegalArgumentException("meshguard.mode must be enforce or audit, not " + mode);
    }
    this.auditOnly = text.equals(AUDIT);
  }

  /** Whether a tenant with this setting is only audited. */
  boolean isAudit(String tenantMode) {
    return auditOnly || tenantMode.equals(AUDIT);
  }

  /** The mode of the whole service, as it is written in answers. */
  public String text() {
    return auditOnly ? AUDIT : ENFORCE;
  }
}
