package app.meshguard.tenant.platform;

import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The admin that this request is from, once the filter has verified the token. */
@RequestScoped
public class Caller {
  private @Nullable AdminIdentity identity;
  private String operation = "";
  private @Nullable String idempotencyKey;

  /** Called by the authentication filter alone. */
  public void verified(
      AdminIdentity admin, String methodAndPath, @Nullable String keyOfIdempotency) {
    this.identity = admin;
    this.operation = methodAndPath;
    this.idempotencyKey = keyOfIdempotency;
  }

  /** INVARIANT: the tenant of a management operation comes from here and from nowhere else. */
  public TenantId tenant() {
    return identity().tenantId();
  }

  public AdminIdentity identity() {
    if (identity == null) {
      throw new IllegalStateException("the operation is not authenticated as an admin's");
    }
    return identity;
  }

  /** Method and path of the request, e.g. {@code POST /admin/agents}. */
  public String operation() {
    return operation;
  }

  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }
}
