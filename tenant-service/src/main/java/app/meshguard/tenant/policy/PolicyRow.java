package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A policy's name and which of its revisions is in force. */
@Entity
@Table(name = "policies")
class PolicyRow {
  @EmbeddedId private RowId id;

  @Column(name = "name", updatable = false)
  private String name;

  @Column(name = "revision")
  private int revision;

  @Column(name = "in_force")
  private boolean inForce;

  @Column(name = "summary")
  private String summary;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  protected PolicyRow() {}

  PolicyRow(RowId id, String name, PolicySummary summary, Instant now) {
    this.id = id;
    this.name = name;
    this.revision = 1;
    this.inForce = true;
    this.summary = Json.write(summary);
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Puts the next revision in force. */
  void next(PolicySummary of, Instant now) {
    revision = revision + 1;
    inForce = true;
    summary = Json.write(of);
    updatedAt = now;
  }

  void delete(Instant now) {
    inForce = false;
    updatedAt = now;
  }

  String id() {
    return id.id();
  }

  String name() {
    return name;
  }

  int revision() {
    return revision;
  }

  boolean inForce() {
    return inForce;
  }

  PolicySummary summary() {
    return Json.read(summary, PolicySummary.class);
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }
}
