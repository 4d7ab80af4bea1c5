package app.meshguard.audit.credential;

import app.meshguard.identity.TrustedServices;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Lets the tenant-service through. */
@Provider
@FromTenantService
final class TenantServiceFilter extends ServiceCallers {
  @Inject
  TenantServiceFilter(Instance<TrustedServices> trusted) {
    super(trusted, List.of("tenant-service"));
  }
}
