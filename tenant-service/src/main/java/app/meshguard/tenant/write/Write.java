package app.meshguard.tenant.write;

import app.meshguard.tenant.outbox.Actor;
import app.meshguard.tenant.outbox.Change;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.Revocation;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** A management write under way: its transaction, and what it has changed so far. */
public final class Write {
  private final TenantId tenant;
  private final Actor by;
  private final Instant now;
  private final Mutiny.Session session;
  private final Set<Section> changed = EnumSet.noneOf(Section.class);
  private final List<Change> recorded = new ArrayList<>();
  private final List<Revocation> revoked = new ArrayList<>();

  Write(TenantId tenant, Actor by, Instant now, Mutiny.Session session) {
    this.tenant = tenant;
    this.by = by;
    this.now = now;
    this.session = session;
  }

  public TenantId tenant() {
    return tenant;
  }

  /** The id of the key that this write is made with. */
  public String by() {
    return by.id();
  }

  Actor actor() {
    return by;
  }

  /** The time of the write, in microseconds as the database keeps it. */
  public Instant now() {
    return now;
  }

  public Mutiny.Session session() {
    return session;
  }

  /** Says what is changed, for the audit log: it is recorded if and only if this write commits. */
  public void record(Change change) {
    recorded.add(change);
  }

  List<Change> recorded() {
    return recorded;
  }

  /** Says that replicas must fetch this section anew. */
  public void changed(Section section) {
    changed.add(section);
  }

  /** Makes something invalid everywhere at once; repeats change nothing. */
  public Uni<Void> revoke(Revocation.Kind kind, String id) {
    return session
        .createNativeQuery(
            "insert into revocations (tenant_id, kind, id, revoked_at) values (?1, ?2, ?3, ?4)"
                + " on conflict do nothing")
        .setParameter(1, tenant.value())
        .setParameter(2, kind.wireName())
        .setParameter(3, id)
        .setParameter(4, now.atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .invoke(
            () -> {
              changed.add(Section.REVOCATIONS);
              revoked.add(new Revocation(kind, id, now.toEpochMilli()));
            })
        .replaceWithVoid();
  }

  Set<Section> changes() {
    return changed;
  }

  List<Revocation> revoked() {
    return revoked;
  }
}
