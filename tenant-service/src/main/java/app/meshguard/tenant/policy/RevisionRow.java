package app.meshguard.tenant.policy;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** One revision of a policy. INVARIANT: never changed and never deleted; no role here could. */
@Entity
@Immutable
@Table(name = "policy_revisions")
class RevisionRow {
  @EmbeddedId private RevisionId id;

  @Column(name = "document")
  private String document;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  protected RevisionRow() {}

  RevisionRow(RevisionId id, String document, String createdBy, Instant createdAt) {
    this.id = id;
    this.document = document;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
  }

  int revision() {
    return id.revision();
  }

  String document() {
    return document;
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }
}
