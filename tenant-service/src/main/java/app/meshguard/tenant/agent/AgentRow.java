package app.meshguard.tenant.agent;

import app.meshguard.tenant.platform.ObjectColumn;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.platform.TextListColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent as it is stored. */
@Entity
@Table(name = "agents")
class AgentRow {
  static final String ACTIVE = "active";
  static final String SUSPENDED = "suspended";
  static final String REVOKED = "revoked";

  @EmbeddedId private RowId id;

  @Column(name = "name")
  private String name;

  @Column(name = "trust_tier")
  private String trustTier;

  @Column(name = "risk_level")
  private @Nullable String riskLevel;

  @Column(name = "tags")
  @Convert(converter = TextListColumn.class)
  private List<String> tags;

  @Column(name = "roles")
  @Convert(converter = TextListColumn.class)
  private List<String> roles;

  @Column(name = "owner")
  private @Nullable String owner;

  @Column(name = "department")
  private @Nullable String department;

  @Column(name = "capabilities")
  @Convert(converter = TextListColumn.class)
  private List<String> capabilities;

  @Column(name = "metadata")
  @Convert(converter = ObjectColumn.class)
  private Map<String, Object> metadata;

  @Column(name = "status")
  private String status;

  @Column(name = "tokens_valid_from")
  private Instant tokensValidFrom;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  protected AgentRow() {}

  AgentRow(RowId id, AgentDetails details, Instant now) {
    this.id = id;
    this.status = ACTIVE;
    this.tokensValidFrom = Instant.ofEpochSecond(now.getEpochSecond());
    this.createdAt = now;
    this.updatedAt = now;
    set(details);
  }

  private void set(AgentDetails details) {
    name = details.name();
    trustTier = details.trustTier();
    riskLevel = details.riskLevel();
    tags = details.tags();
    roles = details.roles();
    owner = details.owner();
    department = details.department();
    capabilities = details.capabilities();
    metadata = details.metadata();
    expiresAt = details.expiresAt();
  }

  void change(AgentDetails details, String newStatus, Instant now) {
    set(details);
    status = newStatus;
    updatedAt = now;
  }

  void revoke(Instant now) {
    status = REVOKED;
    updatedAt = now;
  }

  /** Refuses every token issued so far: issue times are whole seconds, so from the next one on. */
  void refuseTokensUntil(Instant now) {
    tokensValidFrom = Instant.ofEpochSecond(now.getEpochSecond() + 1);
    updatedAt = now;
  }

  AgentDetails details() {
    return new AgentDetails(
        name,
        trustTier,
        riskLevel,
        tags,
        roles,
        owner,
        department,
        capabilities,
        metadata,
        expiresAt);
  }

  String id() {
    return id.id();
  }

  String tenantId() {
    return id.tenantId();
  }

  String name() {
    return name;
  }

  String trustTier() {
    return trustTier;
  }

  List<String> tags() {
    return tags;
  }

  String status() {
    return status;
  }

  boolean revoked() {
    return status.equals(REVOKED);
  }

  Instant tokensValidFrom() {
    return tokensValidFrom;
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }
}
