package app.meshguard.tenant.policy;

import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A policy's name and which of its revisions is in force, 0 when none ever was. */
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

  @Column(name = "canary_revision")
  private @Nullable Integer canaryRevision;

  @Column(name = "canary_percent")
  private @Nullable Integer canaryPercent;

  @Formula(
      "(select coalesce(max(r.revision), 0) from policy_revisions r"
          + " where r.tenant_id = tenant_id and r.policy_id = id)")
  private int newest;

  /** A revision that a share of the agents gets instead. */
  record Canary(int revision, int percent) {}

  protected PolicyRow() {}

  /** A policy without any revision yet. */
  PolicyRow(RowId id, String name, PolicySummary summary, Instant now) {
    this.id = id;
    this.name = name;
    this.summary = Json.write(summary);
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Counts up to the next revision, which is a draft. */
  int next() {
    newest = newest + 1;
    return newest;
  }

  /** Puts a revision in force for everybody. */
  void force(int which, PolicySummary of, Instant now) {
    revision = which;
    inForce = true;
    summary = Json.write(of);
    endCanary(now);
  }

  void show(Canary canary, Instant now) {
    canaryRevision = canary.revision();
    canaryPercent = canary.percent();
    updatedAt = now;
  }

  void endCanary(Instant now) {
    canaryRevision = null;
    canaryPercent = null;
    updatedAt = now;
  }

  void delete(Instant now) {
    inForce = false;
    endCanary(now);
  }

  /** Whether every agent gets this revision. */
  boolean gives(int which) {
    return inForce && revision == which && canaryRevision == null;
  }

  @Nullable Canary canary() {
    return canaryRevision == null || canaryPercent == null
        ? null
        : new Canary(canaryRevision, canaryPercent);
  }

  /** The number of the newest revision, published or not. */
  int newest() {
    return newest;
  }

  /** {@code in_force}, {@code deleted}, or {@code draft} when no revision was ever in force. */
  String status() {
    return inForce ? "in_force" : revision == 0 ? "draft" : "deleted";
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
