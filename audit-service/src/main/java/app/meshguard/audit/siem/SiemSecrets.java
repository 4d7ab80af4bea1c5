package app.meshguard.audit.siem;

import app.meshguard.audit.seal.Masters;
import app.meshguard.identity.SecretsKey;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Seals receivers' secrets as targets' are, under a key that is made of the log's master. */
@ApplicationScoped
class SiemSecrets {
  private static final String USE = "meshguard/siem/v1";

  private final Masters masters;

  @Inject
  SiemSecrets(Masters masters) {
    this.masters = masters;
  }

  String seal(TenantId tenant, String name, String secret) {
    int version = masters.current();
    return version + ":" + key(version).seal(secret, purpose(tenant, name));
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws RuntimeException when it was made for another tenant or name, or its master is gone
   */
  String open(SiemTarget target) {
    int colon = target.secret().indexOf(':');
    int version = Integer.parseInt(target.secret().substring(0, colon));
    return key(version)
        .open(target.secret().substring(colon + 1), purpose(target.tenant(), target.name()));
  }

  private SecretsKey key(int version) {
    return new SecretsKey(masters.derive(version, USE));
  }

  private static String purpose(TenantId tenant, String name) {
    return tenant.value() + "/" + name;
  }
}
