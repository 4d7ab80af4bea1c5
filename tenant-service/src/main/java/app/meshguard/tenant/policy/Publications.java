package app.meshguard.tenant.policy;

import app.meshguard.tenant.write.Write;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What was put in force and taken out of it. Publications and rollbacks make a stack: each names
 * the one that a rollback of it returns to, so that two rollbacks go back two steps. INVARIANT:
 * rows are only added, under the tenant's write lock.
 */
@ApplicationScoped
class Publications {
  private static final String STACKED = " and kind in ('publish', 'rollback')";

  /** What was done. */
  enum Kind {
    PUBLISH,
    CANARY,
    END_CANARY,
    ROLLBACK,
    DELETE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A revision put in force; {@code previous} is what a rollback of it returns to. */
  record Entry(int number, int revision, @Nullable Integer previous) {}

  /** The last time that a revision was put in force for everybody. */
  record Published(Instant at, String by) {}

  /** The top of the stack, or null when nothing was ever in force. */
  Uni<@Nullable Entry> latest(Write write, String policyId) {
    return entry(
        write
            .session()
            .createNativeQuery(
                "select number, revision, previous from policy_publications"
                    + " where tenant_id = ?1 and policy_id = ?2"
                    + STACKED
                    + " order by number desc limit 1",
                Object[].class),
        write,
        policyId);
  }

  Uni<@Nullable Entry> numbered(Write write, String policyId, int number) {
    return entry(
        write
            .session()
            .createNativeQuery(
                "select number, revision, previous from policy_publications"
                    + " where tenant_id = ?1 and policy_id = ?2 and number = ?3",
                Object[].class)
            .setParameter(3, number),
        write,
        policyId);
  }

  /** The nearest publication of {@code revision} on the stack below {@code top}, or null. */
  Uni<@Nullable Entry> below(Write write, String policyId, Entry top, int revision) {
    return entry(
        write
            .session()
            .createNativeQuery(
                "with recursive stack as ("
                    + "select number, revision, previous from policy_publications"
                    + " where tenant_id = ?1 and policy_id = ?2 and number = ?3"
                    + " union all"
                    + " select p.number, p.revision, p.previous from policy_publications p"
                    + " join stack s on p.number = s.previous"
                    + " where p.tenant_id = ?1 and p.policy_id = ?2"
                    + ") select number, revision, previous from stack where revision = ?4"
                    + " order by number desc limit 1",
                Object[].class)
            .setParameter(3, top.number())
            .setParameter(4, revision),
        write,
        policyId);
  }

  private static Uni<@Nullable Entry> entry(
      Mutiny.SelectionQuery<Object[]> query, Write write, String policyId) {
    return query
        .setParameter(1, write.tenant().value())
        .setParameter(2, policyId)
        .getSingleResultOrNull()
        .map(
            row ->
                row == null ? null : new Entry(number(row[0]), number(row[1]), (Integer) row[2]));
  }

  private static int number(Object value) {
    return ((Number) value).intValue();
  }

  Uni<Void> add(
      Write write,
      String policyId,
      Kind kind,
      int revision,
      @Nullable Integer percent,
      @Nullable Integer previous) {
    return write
        .session()
        .createNativeQuery(
            "insert into policy_publications (tenant_id, policy_id, number, kind, revision,"
                + " percent, previous, created_by, created_at)"
                + " select ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4, cast(?5 as integer),"
                + " cast(?6 as integer), ?7, ?8 from policy_publications"
                + " where tenant_id = ?1 and policy_id = ?2")
        .setParameter(1, write.tenant().value())
        .setParameter(2, policyId)
        .setParameter(3, kind.text())
        .setParameter(4, revision)
        .setParameter(5, percent)
        .setParameter(6, previous)
        .setParameter(7, write.by())
        .setParameter(8, write.now().atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** When each of these revisions was last put in force for everybody, of those that were. */
  Uni<Map<Integer, Published>> lastOf(
      Mutiny.Session session, TenantId tenant, String policyId, List<RevisionRow> revisions) {
    if (revisions.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return session
        .createNativeQuery(
            "select distinct on (revision) revision, created_at, created_by"
                + " from policy_publications where tenant_id = ?1 and policy_id = ?2"
                + " and revision between ?3 and ?4"
                + STACKED
                + " order by revision, number desc",
            Object[].class)
        .setParameter(1, tenant.value())
        .setParameter(2, policyId)
        .setParameter(3, revisions.getLast().revision())
        .setParameter(4, revisions.getFirst().revision())
        .getResultList()
        .map(
            rows ->
                rows.stream()
                    .map(row -> Map.entry(number(row[0]), published(row)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Published published(Object[] row) {
    Function<Object, Instant> moment =
        at -> at instanceof Instant instant ? instant : ((java.time.OffsetDateTime) at).toInstant();
    return new Published(moment.apply(row[1]), (String) row[2]);
  }
}
