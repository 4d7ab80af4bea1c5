-- The log as it is proved: what is hashed (the leaf) beside what may have to be erased (the sealed
-- record), and what a signer and the projections need to follow it. docs/decisions/0011.

-- The log. "leaf" is the bytes that are hashed. "seed" (one byte: the version of the master key, then
-- 32 random bytes) makes the key of "payload" and the salt of the leaf's commitment: without it
-- neither is to be had again. Entries older than this have their record for a leaf, and neither.
CREATE TABLE log_entry (
    tenant_id   text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL,
    appended_at timestamptz NOT NULL,
    batch       bigint NOT NULL,
    ordinal     integer NOT NULL,
    leaf        bytea NOT NULL,
    seed        bytea,
    -- What is encrypted does not compress.
    payload     bytea STORAGE EXTERNAL,
    PRIMARY KEY (tenant_id, idx, appended_at)
) PARTITION BY RANGE (appended_at);
CREATE TABLE log_entry_default PARTITION OF log_entry DEFAULT;

-- Which entries of which tenant a batch holds: the way in for whoever follows the log.
CREATE TABLE batch_span (
    tenant_id   text COLLATE "C" NOT NULL,
    batch       bigint NOT NULL,
    first_idx   bigint NOT NULL,
    entries     integer NOT NULL,
    -- SHA-256 over the leaf hashes, in order.
    leaves_hash bytea NOT NULL,
    appended_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, batch)
);
CREATE INDEX batch_span_by_batch ON batch_span (batch, tenant_id);

-- One row per tenant and epoch. Leaf number = idx - first_idx, plus one where there is a preamble.
CREATE TABLE log (
    tenant_id      text COLLATE "C" NOT NULL,
    epoch          integer NOT NULL,
    -- Random, so unique over all tenants without telling one of another.
    origin         text COLLATE "C" NOT NULL UNIQUE,
    master_version smallint NOT NULL,
    public_key     bytea NOT NULL,
    first_idx      bigint NOT NULL,
    -- Leaf 0 of a successor: commits to the log before it.
    preamble       bytea,
    -- The head, moved by compare-and-swap on size.
    size           bigint NOT NULL,
    root           bytea NOT NULL,
    checkpoint     bytea,
    signed_at      timestamptz,
    state          text COLLATE "C" NOT NULL CHECK (state IN ('open', 'halted', 'closed')),
    halted_because text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, epoch)
);

CREATE TABLE tile (
    tenant_id text COLLATE "C" NOT NULL,
    epoch     integer NOT NULL,
    level     smallint NOT NULL,
    number    bigint NOT NULL,
    hashes    bytea NOT NULL,
    PRIMARY KEY (tenant_id, epoch, level, number)
);

-- What a replica signs receipts with: published with the keys of the log.
ALTER TABLE journal ADD COLUMN receipt_key text;
-- Who registered it: nobody else appends to it.
ALTER TABLE journal ADD COLUMN service text COLLATE "C" NOT NULL DEFAULT 'decision-service';

-- Makes the partitions of this month and the given number of months after it, for every table that
-- has a default partition, and returns how many were made. What a default partition caught meanwhile
-- moves to where it belongs. For the owner.
DROP FUNCTION make_entry_partitions(integer);
CREATE FUNCTION make_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    made       integer := 0;
    parent     record;
    partition  text;
    first_at   timestamptz;
    end_at     timestamptz;
BEGIN
    FOR parent IN
        SELECT c.relname AS name, d.relname AS rest, a.attname AS moment
        FROM pg_partitioned_table p
            JOIN pg_class c ON c.oid = p.partrelid
            JOIN pg_class d ON d.oid = p.partdefid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
        WHERE c.relnamespace = 'public'::regnamespace AND p.partstrat = 'r'
        ORDER BY c.relname
    LOOP
        FOR i IN 0..months_ahead LOOP
            partition := parent.name || '_' || to_char(this_month + make_interval(months => i), 'YYYY_MM');
            CONTINUE WHEN to_regclass(format('public.%I', partition)) IS NOT NULL;
            first_at := (this_month + make_interval(months => i)) AT TIME ZONE 'UTC';
            end_at := (this_month + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
            -- Also the lock that keeps rows out of the default partition until this one is attached.
            EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', parent.rest);
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', partition, parent.name);
            EXECUTE format(
                'WITH moved AS (DELETE FROM %I WHERE %3$I >= $1 AND %3$I < $2 RETURNING *) '
                'INSERT INTO %2$I SELECT * FROM moved', parent.rest, partition, parent.moment)
                USING first_at, end_at;
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', parent.rest);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
            EXECUTE format(
                'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                parent.name, partition, first_at, end_at);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END
$$;
REVOKE ALL ON FUNCTION make_partitions(integer) FROM PUBLIC;

ALTER TABLE log_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE log_entry_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE batch_span ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tile ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

SELECT make_partitions(3);

-- What is in the log already: its bytes are its leaf.
ALTER TABLE entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE log_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE batch_span NO FORCE ROW LEVEL SECURITY;
INSERT INTO log_entry (tenant_id, idx, appended_at, batch, ordinal, leaf)
    SELECT tenant_id, idx, appended_at, batch, ordinal, record FROM entry;
INSERT INTO batch_span (tenant_id, batch, first_idx, entries, leaves_hash, appended_at)
    SELECT tenant_id, batch, min(idx), count(*),
        sha256(string_agg(sha256('\x00'::bytea || record), ''::bytea ORDER BY idx)), min(appended_at)
    FROM entry GROUP BY tenant_id, batch;
ALTER TABLE entry FORCE ROW LEVEL SECURITY;
ALTER TABLE log_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE batch_span FORCE ROW LEVEL SECURITY;

GRANT SELECT ON log_entry, batch_span, log, tile TO audit_app;
GRANT SELECT (journal, registered_at, receipt_key) ON journal TO audit_app;
CREATE POLICY app_reads_its_tenant ON log_entry FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON batch_span FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON log FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON tile FOR SELECT TO audit_app USING (tenant_id = current_tenant());

GRANT INSERT ON log_entry, batch_span TO audit_ingest;
GRANT INSERT (service), UPDATE (receipt_key) ON journal TO audit_ingest;
CREATE POLICY ingest_appends ON log_entry FOR INSERT TO audit_ingest WITH CHECK (true);
CREATE POLICY ingest_appends ON batch_span FOR INSERT TO audit_ingest WITH CHECK (true);

GRANT SELECT ON log_entry, batch_span TO audit_feed, audit_project, audit_sign;
CREATE POLICY followers_read_all ON log_entry FOR SELECT TO audit_feed, audit_project, audit_sign USING (true);
CREATE POLICY followers_read_all ON batch_span FOR SELECT TO audit_feed, audit_project, audit_sign USING (true);

GRANT SELECT ON head TO audit_sign;
CREATE POLICY signer_reads_all ON head FOR SELECT TO audit_sign USING (true);
GRANT SELECT, INSERT, UPDATE (size, root, checkpoint, signed_at, state, halted_because) ON log TO audit_sign;
GRANT SELECT, INSERT, UPDATE (hashes) ON tile TO audit_sign;
CREATE POLICY signer_reads_all ON log FOR SELECT TO audit_sign USING (true);
CREATE POLICY signer_starts_logs ON log FOR INSERT TO audit_sign WITH CHECK (true);
CREATE POLICY signer_moves_heads ON log FOR UPDATE TO audit_sign USING (true) WITH CHECK (true);
CREATE POLICY signer_reads_all ON tile FOR SELECT TO audit_sign USING (true);
CREATE POLICY signer_adds_tiles ON tile FOR INSERT TO audit_sign WITH CHECK (true);
CREATE POLICY signer_fills_tiles ON tile FOR UPDATE TO audit_sign USING (true) WITH CHECK (true);
