package app.meshguard.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database allows exactly this and nothing more. */
@RunningAuditService
class CatalogueIT {
  private static final String RELATIONS =
      " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace ";

  @Inject OwnerView owner;

  @Test
  void grantsEachRoleWhatItNeeds() {
    assertEquals(
        List.of(
            "audit_app DELETE siem_target",
            "audit_app INSERT hold",
            "audit_app SELECT batch_span",
            "audit_app SELECT erased_entry",
            "audit_app SELECT erasure",
            "audit_app SELECT hold",
            "audit_app SELECT latency_rollup",
            "audit_app SELECT log",
            "audit_app SELECT log_entry",
            "audit_app SELECT retention_run",
            "audit_app SELECT rollup",
            "audit_app SELECT search",
            "audit_app SELECT seen_agent",
            "audit_app SELECT siem_target",
            "audit_app SELECT tile",
            "audit_feed SELECT batch_span",
            "audit_feed SELECT log_entry",
            "audit_feed SELECT siem_target",
            "audit_ingest INSERT batch",
            "audit_ingest INSERT batch_span",
            "audit_ingest INSERT head",
            "audit_ingest INSERT log_entry",
            "audit_ingest INSERT quarantine",
            "audit_ingest SELECT batch",
            "audit_ingest SELECT head",
            "audit_ingest SELECT ingest_lock",
            "audit_ingest SELECT journal",
            "audit_project INSERT latency_rollup",
            "audit_project INSERT rollup",
            "audit_project INSERT search",
            "audit_project INSERT seen_agent",
            "audit_project SELECT batch_span",
            "audit_project SELECT latency_rollup",
            "audit_project SELECT log_entry",
            "audit_project SELECT projection_place",
            "audit_project SELECT rollup",
            "audit_project SELECT seen_agent",
            "audit_project UPDATE latency_rollup",
            "audit_project UPDATE rollup",
            "audit_project UPDATE seen_agent",
            "audit_retention DELETE log_entry",
            "audit_retention DELETE rollup",
            "audit_retention DELETE search",
            "audit_retention INSERT erased_entry",
            "audit_retention INSERT retention_night",
            "audit_retention INSERT retention_run",
            "audit_retention SELECT erased_entry",
            "audit_retention SELECT erasure",
            "audit_retention SELECT hold",
            "audit_retention SELECT retention_night",
            "audit_retention SELECT retention_run",
            "audit_sign INSERT log",
            "audit_sign INSERT tile",
            "audit_sign SELECT batch_span",
            "audit_sign SELECT head",
            "audit_sign SELECT log",
            "audit_sign SELECT log_entry",
            "audit_sign SELECT tile"),
        text(
            "SELECT coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type || ' ' || c.relname"
                + " FROM pg_class c CROSS JOIN aclexplode(c.relacl) a"
                + " LEFT JOIN pg_roles r ON r.oid = a.grantee"
                + " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner"
                + " ORDER BY 1"));
    assertEquals(
        List.of(
            "audit_app INSERT erasure.end_idx",
            "audit_app INSERT erasure.id",
            "audit_app INSERT erasure.paths",
            "audit_app INSERT erasure.requested_at",
            "audit_app INSERT erasure.requested_by",
            "audit_app INSERT erasure.subject",
            "audit_app INSERT erasure.tenant_id",
            "audit_app INSERT siem_target.enabled",
            "audit_app INSERT siem_target.index_name",
            "audit_app INSERT siem_target.name",
            "audit_app INSERT siem_target.next_index",
            "audit_app INSERT siem_target.secret",
            "audit_app INSERT siem_target.tenant_id",
            "audit_app INSERT siem_target.type",
            "audit_app INSERT siem_target.url",
            "audit_app SELECT journal.journal",
            "audit_app SELECT journal.receipt_key",
            "audit_app SELECT journal.registered_at",
            "audit_app UPDATE hold.lifted_at",
            "audit_app UPDATE hold.lifted_because",
            "audit_app UPDATE hold.lifted_by",
            "audit_app UPDATE hold.lifted_recorded",
            "audit_app UPDATE hold.placed_recorded",
            "audit_app UPDATE siem_target.due_at",
            "audit_app UPDATE siem_target.enabled",
            "audit_app UPDATE siem_target.failures",
            "audit_app UPDATE siem_target.index_name",
            "audit_app UPDATE siem_target.last_error",
            "audit_app UPDATE siem_target.next_index",
            "audit_app UPDATE siem_target.secret",
            "audit_app UPDATE siem_target.type",
            "audit_app UPDATE siem_target.url",
            "audit_feed SELECT search.decided_at",
            "audit_feed SELECT search.idx",
            "audit_feed SELECT search.tenant_id",
            "audit_feed SELECT search.words",
            "audit_feed UPDATE siem_target.due_at",
            "audit_feed UPDATE siem_target.failures",
            "audit_feed UPDATE siem_target.last_error",
            "audit_feed UPDATE siem_target.last_success_at",
            "audit_feed UPDATE siem_target.next_index",
            "audit_feed UPDATE siem_target.sent",
            "audit_ingest INSERT journal.journal",
            "audit_ingest INSERT journal.service",
            "audit_ingest UPDATE head.next_index",
            "audit_ingest UPDATE ingest_lock.last_batch",
            "audit_ingest UPDATE journal.last_hash",
            "audit_ingest UPDATE journal.last_position",
            "audit_ingest UPDATE journal.receipt_key",
            "audit_project UPDATE projection_place.batch",
            "audit_project UPDATE projection_place.ordinal",
            "audit_retention SELECT log_entry.appended_at",
            "audit_retention SELECT log_entry.idx",
            "audit_retention SELECT log_entry.leaf",
            "audit_retention SELECT log_entry.tenant_id",
            "audit_retention SELECT rollup.dimension",
            "audit_retention SELECT rollup.key",
            "audit_retention SELECT rollup.tenant_id",
            "audit_retention SELECT search.decided_at",
            "audit_retention SELECT search.idx",
            "audit_retention SELECT search.tenant_id",
            "audit_retention UPDATE erasure.erased",
            "audit_retention UPDATE erasure.finished_at",
            "audit_retention UPDATE erasure.held",
            "audit_retention UPDATE erasure.held_by",
            "audit_retention UPDATE erasure.next_idx",
            "audit_retention UPDATE erasure.recorded",
            "audit_retention UPDATE erasure.unerasable",
            "audit_retention UPDATE erasure.unreadable",
            "audit_retention UPDATE log_entry.payload",
            "audit_retention UPDATE log_entry.seed",
            "audit_retention UPDATE retention_run.complete",
            "audit_retention UPDATE retention_run.deleted",
            "audit_retention UPDATE retention_run.finished_at",
            "audit_retention UPDATE retention_run.first_idx",
            "audit_retention UPDATE retention_run.held",
            "audit_retention UPDATE retention_run.last_idx",
            "audit_retention UPDATE retention_run.recorded",
            "audit_retention UPDATE search.action",
            "audit_retention UPDATE search.agent_name",
            "audit_retention UPDATE search.latency_us",
            "audit_retention UPDATE search.parent_id",
            "audit_retention UPDATE search.resource",
            "audit_retention UPDATE search.span_id",
            "audit_retention UPDATE search.surface",
            "audit_retention UPDATE search.to_agent",
            "audit_retention UPDATE search.trace_id",
            "audit_retention UPDATE search.trust_tier",
            "audit_retention UPDATE search.words",
            "audit_sign UPDATE log.checkpoint",
            "audit_sign UPDATE log.halted_because",
            "audit_sign UPDATE log.root",
            "audit_sign UPDATE log.signed_at",
            "audit_sign UPDATE log.size",
            "audit_sign UPDATE log.state",
            "audit_sign UPDATE tile.hashes"),
        text(
            "SELECT coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type || ' ' || c.relname"
                + " || '.' || t.attname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid"
                + " CROSS JOIN aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
                + " WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1"));
    assertEquals(
        List.of(
            "audit_app current_tenant",
            "audit_retention current_tenant",
            "audit_app latency_bucket"),
        text(
            "SELECT coalesce(r.rolname, 'PUBLIC') || ' ' || p.proname FROM pg_proc p CROSS JOIN"
                + " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
                + " LEFT JOIN pg_roles r ON r.oid = a.grantee"
                + " WHERE p.pronamespace = 'public'::regnamespace AND a.grantee <> p.proowner"));
  }

  @Test
  void protectsEveryTableOfTenantsRowByRow() {
    assertEquals(
        List.of(),
        text(
            "SELECT c.relname"
                + RELATIONS
                + "AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
                + " AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid"
                + " AND t.attname = 'tenant_id')"));
    assertEquals(
        List.of(
            "batch_span app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "batch_span followers_read_all audit_feed,audit_project,audit_sign SELECT true -",
            "batch_span ingest_appends audit_ingest INSERT - true",
            "erased_entry app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "erased_entry retention_notes_erased audit_retention ALL (tenant_id = current_tenant()) (tenant_id = current_tenant())",
            "erasure app_asks_for_erasure audit_app INSERT - (tenant_id = current_tenant())",
            "erasure app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "erasure retention_finds_work audit_retention SELECT true -",
            "erasure retention_moves_erasures audit_retention UPDATE (tenant_id = current_tenant()) (tenant_id = current_tenant())",
            "head ingest_moves_heads audit_ingest UPDATE true true",
            "head ingest_reads_heads audit_ingest SELECT true -",
            "head ingest_starts_heads audit_ingest INSERT - true",
            "head signer_reads_all audit_sign SELECT true -",
            "hold app_places_holds audit_app ALL (tenant_id = current_tenant()) (tenant_id = current_tenant())",
            "hold retention_obeys audit_retention SELECT (tenant_id = current_tenant()) -",
            "latency_rollup app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "latency_rollup project_adds audit_project UPDATE true true",
            "latency_rollup project_reads audit_project SELECT true -",
            "latency_rollup project_writes audit_project INSERT - true",
            "log app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "log signer_moves_heads audit_sign UPDATE true true",
            "log signer_reads_all audit_sign SELECT true -",
            "log signer_starts_logs audit_sign INSERT - true",
            "log_entry app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "log_entry followers_read_all audit_feed,audit_project,audit_sign SELECT true -",
            "log_entry ingest_appends audit_ingest INSERT - true",
            "log_entry retention_deletes audit_retention DELETE (tenant_id = current_tenant()) -",
            "log_entry retention_erases audit_retention UPDATE (tenant_id = current_tenant()) ((tenant_id = current_tenant()) AND (seed IS NULL) AND (payload IS NULL))",
            "log_entry retention_sees audit_retention SELECT (tenant_id = current_tenant()) -",
            "retention_run app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "retention_run retention_notes_runs audit_retention ALL (tenant_id = current_tenant()) (tenant_id = current_tenant())",
            "rollup app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "rollup project_adds audit_project UPDATE true true",
            "rollup project_reads audit_project SELECT true -",
            "rollup project_writes audit_project INSERT - true",
            "rollup retention_deletes audit_retention DELETE ((tenant_id = current_tenant()) AND (dimension = 'action'::text)) -",
            "rollup retention_sees audit_retention SELECT (tenant_id = current_tenant()) -",
            "search app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "search feed_finds_words audit_feed SELECT true -",
            "search project_writes audit_project INSERT - true",
            "search retention_deletes audit_retention DELETE (tenant_id = current_tenant()) -",
            "search retention_erases audit_retention UPDATE (tenant_id = current_tenant()) ((tenant_id = current_tenant()) AND (num_nonnulls(parent_id, span_id, agent_name, trust_tier, to_agent, action, resource, surface, trace_id, latency_us, words) = 0))",
            "search retention_sees audit_retention SELECT (tenant_id = current_tenant()) -",
            "seen_agent app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "seen_agent project_adds audit_project UPDATE true true",
            "seen_agent project_reads audit_project SELECT true -",
            "seen_agent project_writes audit_project INSERT - true",
            "siem_target app_manages_its_tenant audit_app ALL (tenant_id = current_tenant()) (tenant_id = current_tenant())",
            "siem_target feed_moves_cursors audit_feed UPDATE true true",
            "siem_target feed_reads_all audit_feed SELECT true -",
            "tile app_reads_its_tenant audit_app SELECT (tenant_id = current_tenant()) -",
            "tile signer_adds_tiles audit_sign INSERT - true",
            "tile signer_fills_tiles audit_sign UPDATE true true",
            "tile signer_reads_all audit_sign SELECT true -"),
        text(
            "SELECT concat_ws(' ', tablename, policyname, array_to_string(roles, ','), cmd,"
                + " coalesce(qual, '-'), coalesce(with_check, '-')) FROM pg_policies"
                + " WHERE schemaname = 'public' ORDER BY 1"));
  }

  @Test
  void startsEveryUniqueKeyOfTenantsWithTheTenant() {
    // An origin is random: nobody chooses one, so nobody can learn of another tenant's by trying.
    assertEquals(
        List.of("log_origin_key"),
        text(
            "SELECT (SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY 1) FROM pg_index"
                + " WHERE indrelid = c.oid AND indisunique AND indkey[0] <> (SELECT attnum FROM"
                + " pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id'))"
                + RELATIONS
                + "AND c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_attribute t"
                + " JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique"
                + " WHERE t.attrelid = c.oid AND t.attname = 'tenant_id'"
                + " AND i.indkey[0] <> t.attnum)"));
  }

  @Test
  void hasNoWayAroundThePolicies() {
    assertEquals(List.of(), text("SELECT c.relname" + RELATIONS + "AND c.relkind IN ('v', 'm')"));
    assertEquals(
        List.of(),
        text(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                + " AND prosecdef"));
    assertEquals(
        List.of(),
        text(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'audit\\_%'"
                + " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"));
    assertEquals(
        List.of("audit_migrate"),
        text("SELECT DISTINCT pg_get_userbyid(relowner)::text" + RELATIONS));
  }

  private List<String> text(String sql) {
    return owner.asOwner(sql, row -> row.getString(1));
  }
}
