package app.meshguard.tenant.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;

/** The primary key of a revision. */
@Embeddable
record RevisionId(
    @Column(name = "tenant_id") String tenantId,
    @Column(name = "policy_id") String policyId,
    @Column(name = "revision") int revision)
    implements Serializable {}
