package app.meshguard.tenant.key;

import app.meshguard.tenant.platform.Permission;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.platform.TextListColumn;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as it is stored: never its text, only the hash of it. */
@Entity
@Table(name = "api_keys")
class KeyRow {
  static final String AGENT = "agent";
  static final String ADMIN = "admin";

  @EmbeddedId private RowId id;

  @Column(name = "kind", updatable = false)
  private String kind;

  @Column(name = "name", updatable = false)
  private String name;

  @Column(name = "sha256", updatable = false)
  private String sha256;

  @Column(name = "hint", updatable = false)
  private String hint;

  @Column(name = "agent_id", updatable = false)
  private @Nullable String agentId;

  @Column(name = "agent_tags", updatable = false)
  @Convert(converter = TextListColumn.class)
  private List<String> agentTags;

  @Column(name = "permissions", updatable = false)
  @Convert(converter = TextListColumn.class)
  private List<String> permissions;

  @Column(name = "created_by", updatable = false)
  private @Nullable String createdBy;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "expires_at", updatable = false)
  private @Nullable Instant expiresAt;

  // Written by whoever sees the key used, not through this entity.
  @Column(name = "last_used_at", insertable = false, updatable = false)
  private @Nullable Instant lastUsedAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  protected KeyRow() {}

  KeyRow(TenantId tenant, ApiKey key, KeyGrant grant, String createdBy, Instant now) {
    this.id = RowId.of(tenant, key.keyId());
    this.kind = grant.kind();
    this.name = grant.name();
    this.sha256 = key.sha256();
    this.hint = key.hint();
    this.agentId = grant.agentId();
    this.agentTags = grant.agentTags();
    this.permissions = grant.permissions();
    this.createdBy = createdBy;
    this.createdAt = now;
    this.expiresAt = grant.expiresAt();
  }

  void revoke(Instant now) {
    revokedAt = now;
  }

  boolean revoked() {
    return revokedAt != null;
  }

  String id() {
    return id.id();
  }

  String name() {
    return name;
  }

  /** Whether it is an admin token that can make other keys. */
  boolean makesKeys() {
    return isAdminToken() && permissions.contains(Permission.AGENTS_WRITE.text());
  }

  boolean isAdminToken() {
    return kind.equals(ADMIN);
  }

  Instant createdAt() {
    return createdAt;
  }

  KeyView view(@Nullable String text) {
    boolean admin = isAdminToken();
    return new KeyView(
        id.id(),
        kind,
        name,
        hint,
        agentId,
        admin ? null : agentTags,
        admin ? permissions : null,
        createdBy,
        createdAt.toString(),
        written(expiresAt),
        written(lastUsedAt),
        written(revokedAt),
        text,
        null);
  }

  private static @Nullable String written(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
