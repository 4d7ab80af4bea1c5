package app.meshguard.tenant.write;

import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** The versions of a tenant's sections. The row's lock serialises the tenant's writes. */
@ApplicationScoped
class SectionVersions {

  record Locked(long policies, long directory, long revocations) {}

  /** Begins the versions of a new tenant at 1. */
  Uni<Locked> begin(Mutiny.Session session, TenantId tenant) {
    return session
        .createNativeQuery("insert into section_versions (tenant_id) values (?1)")
        .setParameter(1, tenant.value())
        .executeUpdate()
        .replaceWith(new Locked(0, 0, 0));
  }

  Uni<Locked> lock(Mutiny.Session session, TenantId tenant) {
    return session
        .createNativeQuery(
            "select policies, directory, revocations from section_versions"
                + " where tenant_id = ?1 for update",
            Object[].class)
        .setParameter(1, tenant.value())
        .getSingleResult()
        .map(row -> new Locked(number(row[0]), number(row[1]), number(row[2])));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** Counts up what the write has changed, and answers what is to be told. */
  Uni<FeedEvent> advance(Write write, Locked before) {
    Set<Section> changes = write.changes();
    FeedEvent event =
        new FeedEvent(
            write.tenant(),
            before.policies() + (changes.contains(Section.POLICIES) ? 1 : 0),
            before.directory() + (changes.contains(Section.DIRECTORY) ? 1 : 0),
            before.revocations() + (changes.contains(Section.REVOCATIONS) ? 1 : 0),
            write.revoked());
    return write
        .session()
        .createNativeQuery(
            "update section_versions set policies = ?1, directory = ?2, revocations = ?3"
                + " where tenant_id = ?4")
        .setParameter(1, event.policies())
        .setParameter(2, event.directory())
        .setParameter(3, event.revocations())
        .setParameter(4, write.tenant().value())
        .executeUpdate()
        .replaceWith(event);
  }
}
