package app.meshguard.audit.credential;

import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The tenant that the request's verified credential belongs to: the only source of a tenant. */
@RequestScoped
public class AdminCaller {
  private @Nullable TenantId tenant;

  void is(TenantId verified) {
    this.tenant = verified;
  }

  /**
   * Whose log may be read.
   *
   * @throws IllegalStateException when nobody was authenticated, which is a fault of ours
   */
  public TenantId tenant() {
    if (tenant == null) {
      throw new IllegalStateException("the resource is not bound to NeedsAuditRead");
    }
    return tenant;
  }
}
