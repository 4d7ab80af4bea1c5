package app.meshguard.audit.subject;

import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.audit.tenants.TenantSettings;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes subjects of the values that requests name, and forgets the values. */
@ApplicationScoped
public class Subjects {
  private static final String PURPOSE = "subject";

  private final TenantSettings settings;
  private final Payloads payloads;

  @Inject
  Subjects(TenantSettings settings, Payloads payloads) {
    this.settings = settings;
    this.payloads = payloads;
  }

  /** The keys that a tenant's pseudonyms were made with: one for each master key there was. */
  public List<byte[]> keys(TenantId tenant) {
    return payloads.tenantKeys(tenant, PURPOSE);
  }

  /**
   * The subject of a value.
   *
   * @param more paths beside those that the tenant has configured
   * @throws Refused when nobody has said where to look
   */
  public Subject subject(TenantId tenant, String value, List<SubjectPath> more) {
    Set<SubjectPath> paths = new LinkedHashSet<>();
    for (String path : settings.of(tenant).erasurePaths()) {
      SubjectPath.parse(path).ifPresent(paths::add);
    }
    paths.addAll(more);
    if (paths.isEmpty()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          "Nothing says where in a record a person is named. Set erasurePaths with PATCH"
              + " /admin/tenant, or send paths, such as [\"context.customer.id\"].");
    }
    return new Subject(
        Pseudonym.of(payloads.tenantKey(tenant, PURPOSE), value), List.copyOf(paths));
  }
}
