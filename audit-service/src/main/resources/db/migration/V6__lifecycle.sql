-- What ends an entry's life, and what keeps it: legal holds, retention runs, erasures of persons.
-- audit_retention destroys; it sees the tenant of its transaction, and of entries what their leaves say.

-- A person stands here as a keyed pseudonym alone.
CREATE TABLE hold (
    tenant_id      text COLLATE "C" NOT NULL,
    id             text COLLATE "C" NOT NULL,
    agent_id       text COLLATE "C",
    trace_id       text COLLATE "C",
    from_at        timestamptz,
    to_at          timestamptz,
    subject        bytea,
    paths          text[],
    reason         text NOT NULL,
    placed_by      text NOT NULL,
    placed_at      timestamptz NOT NULL,
    lifted_by      text,
    lifted_at      timestamptz,
    lifted_because text,
    -- Once the log has an entry about it.
    placed_recorded boolean NOT NULL DEFAULT false,
    lifted_recorded boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    CHECK ((subject IS NULL) = (paths IS NULL)),
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL))
);

-- Moved in the transactions that delete, so that what is told of a run is what it did; "recorded"
-- once the log has an entry about it.
CREATE TABLE retention_run (
    tenant_id    text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    requested_by text,
    days         integer NOT NULL,
    basis        text NOT NULL,
    cutoff       timestamptz NOT NULL,
    deleted      bigint NOT NULL DEFAULT 0,
    held         bigint NOT NULL DEFAULT 0,
    first_idx    bigint,
    last_idx     bigint,
    complete     boolean NOT NULL DEFAULT false,
    recorded     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX retention_run_unrecorded ON retention_run (tenant_id) WHERE NOT recorded;
CREATE INDEX retention_run_newest ON retention_run (tenant_id, started_at);

CREATE TABLE erasure (
    tenant_id    text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    subject      bytea NOT NULL,
    paths        text[] NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL,
    next_idx     bigint NOT NULL DEFAULT 0,  -- everything below was looked at
    end_idx      bigint NOT NULL,            -- what is appended later is not part of it
    erased       bigint NOT NULL DEFAULT 0,
    held         bigint NOT NULL DEFAULT 0,
    held_by      text[] NOT NULL DEFAULT '{}',
    unerasable   bigint NOT NULL DEFAULT 0,
    unreadable   bigint NOT NULL DEFAULT 0,
    finished_at  timestamptz,
    recorded     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id)
);
-- One at a time for a person: a request that comes again gets the one that is at work.
CREATE UNIQUE INDEX erasure_at_work ON erasure (tenant_id, subject, paths) WHERE finished_at IS NULL;
CREATE INDEX erasure_unrecorded ON erasure (tenant_id, requested_at) WHERE NOT recorded;

-- Which entries an erasure destroyed.
CREATE TABLE erased_entry (
    tenant_id text COLLATE "C" NOT NULL,
    erasure   text COLLATE "C" NOT NULL,
    idx       bigint NOT NULL,
    PRIMARY KEY (tenant_id, erasure, idx)
);

ALTER TABLE hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE retention_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE erasure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE erased_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT EXECUTE ON FUNCTION current_tenant() TO audit_retention;

-- Admins place and lift holds and ask for erasures.
GRANT SELECT, INSERT, UPDATE (lifted_by, lifted_at, lifted_because, placed_recorded, lifted_recorded) ON hold TO audit_app;
CREATE POLICY app_places_holds ON hold TO audit_app
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT ON retention_run TO audit_app;
CREATE POLICY app_reads_its_tenant ON retention_run FOR SELECT TO audit_app USING (tenant_id = current_tenant());
GRANT SELECT, INSERT (tenant_id, id, subject, paths, requested_by, requested_at, end_idx) ON erasure TO audit_app;
CREATE POLICY app_reads_its_tenant ON erasure FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_asks_for_erasure ON erasure FOR INSERT TO audit_app WITH CHECK (tenant_id = current_tenant());
GRANT SELECT ON erased_entry TO audit_app;
CREATE POLICY app_reads_its_tenant ON erased_entry FOR SELECT TO audit_app USING (tenant_id = current_tenant());

-- Retention and erasure obey holds and note what they did.
GRANT SELECT ON hold TO audit_retention;
CREATE POLICY retention_obeys ON hold FOR SELECT TO audit_retention USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE (finished_at, deleted, held, first_idx, last_idx, complete, recorded)
    ON retention_run TO audit_retention;
CREATE POLICY retention_notes_runs ON retention_run TO audit_retention
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, UPDATE (next_idx, erased, held, held_by, unerasable, unreadable, finished_at, recorded)
    ON erasure TO audit_retention;
-- It looks for work over all tenants, and moves that of the one it works for.
CREATE POLICY retention_finds_work ON erasure FOR SELECT TO audit_retention USING (true);
CREATE POLICY retention_moves_erasures ON erasure FOR UPDATE TO audit_retention
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON erased_entry TO audit_retention;
CREATE POLICY retention_notes_erased ON erased_entry TO audit_retention
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

-- It deletes entries and destroys payloads, and cannot write one.
GRANT SELECT (tenant_id, idx, appended_at, leaf), DELETE, UPDATE (seed, payload) ON log_entry TO audit_retention;
CREATE POLICY retention_sees ON log_entry FOR SELECT TO audit_retention USING (tenant_id = current_tenant());
CREATE POLICY retention_deletes ON log_entry FOR DELETE TO audit_retention USING (tenant_id = current_tenant());
CREATE POLICY retention_erases ON log_entry FOR UPDATE TO audit_retention
    USING (tenant_id = current_tenant())
    WITH CHECK (tenant_id = current_tenant() AND seed IS NULL AND payload IS NULL);

-- What search holds goes with the entry: its row, or of the row what the leaf does not say; and sums
-- whose very key would name a person.
GRANT SELECT (tenant_id, idx, decided_at), DELETE,
    UPDATE (parent_id, span_id, agent_name, trust_tier, to_agent, action, resource, surface, trace_id, latency_us, words)
    ON search TO audit_retention;
CREATE POLICY retention_sees ON search FOR SELECT TO audit_retention USING (tenant_id = current_tenant());
CREATE POLICY retention_deletes ON search FOR DELETE TO audit_retention USING (tenant_id = current_tenant());
CREATE POLICY retention_erases ON search FOR UPDATE TO audit_retention
    USING (tenant_id = current_tenant())
    WITH CHECK (tenant_id = current_tenant() AND num_nonnulls(parent_id, span_id, agent_name, trust_tier, to_agent,
        action, resource, surface, trace_id, latency_us, words) = 0);
GRANT SELECT (tenant_id, dimension, key), DELETE ON rollup TO audit_retention;
CREATE POLICY retention_sees ON rollup FOR SELECT TO audit_retention USING (tenant_id = current_tenant());
CREATE POLICY retention_deletes ON rollup FOR DELETE TO audit_retention
    USING (tenant_id = current_tenant() AND dimension = 'action');

-- The days whose retention has run for all tenants.
CREATE TABLE retention_night (
    day         date PRIMARY KEY,
    finished_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON retention_night TO audit_retention;

-- Drops the partitions, more than three months old, that retention has emptied, and returns how many.
-- For the owner. Nothing is appended to a month that is over, and what was decided so long ago and
-- arrives only now goes to the default partition.
CREATE FUNCTION drop_empty_partitions() RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    partition regclass;
    occupied  boolean;
    dropped   integer := 0;
BEGIN
    FOR partition IN
        SELECT c.oid::regclass
        FROM pg_partitioned_table t
            JOIN pg_class parent ON parent.oid = t.partrelid
            JOIN pg_inherits i ON i.inhparent = parent.oid
            JOIN pg_class c ON c.oid = i.inhrelid
        WHERE parent.relnamespace = 'public'::regnamespace
          AND c.relname ~ ('^' || parent.relname || '_[0-9]{4}_[0-9]{2}$')
          AND right(c.relname, 7) < to_char(now() AT TIME ZONE 'UTC' - interval '3 months', 'YYYY_MM')
        ORDER BY c.relname
    LOOP
        -- The owner is under row-level security too and would see an empty table: this turns it off
        -- for the owner, keeps everybody out until the end of the transaction, and fails rather than
        -- show less than there is.
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', partition);
        PERFORM set_config('row_security', 'off', true);
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', partition) INTO occupied;
        IF occupied THEN
            EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', partition);
        ELSE
            EXECUTE format('DROP TABLE %s', partition);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION drop_empty_partitions() FROM PUBLIC;
