package app.meshguard.tenant.platform;

import app.meshguard.wire.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;

/** The primary key of a tenant's row. */
@Embeddable
public record RowId(@Column(name = "tenant_id") String tenantId, @Column(name = "id") String id)
    implements Serializable {
  public static RowId of(TenantId tenant, String id) {
    return new RowId(tenant.value(), id);
  }
}
