-- The audit log. Owner: audit_migrate. Everyone else has exactly what is granted below.

-- The tenant of the running transaction. Unset is an error, never an empty answer.
CREATE FUNCTION current_tenant() RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
DECLARE
    tenant text := current_setting('meshguard.tenant', true);
BEGIN
    IF tenant IS NULL OR tenant = '' THEN
        RAISE EXCEPTION 'no tenant is set for this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN tenant;
END
$$;

-- INVARIANT: whoever appends holds this one row: indexes and batch numbers are handed out and
-- become visible in the same order. (A lock per tenant deadlocks; a sequence leaves numbers that
-- appear late and that readers have passed.)
CREATE TABLE ingest_lock (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last_batch bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO ingest_lock (last_batch) VALUES (0);

-- The journals that may ship to this log, and how far each has come.
CREATE TABLE journal (
    journal       uuid PRIMARY KEY,
    registered_at timestamptz NOT NULL DEFAULT now(),
    last_position bigint NOT NULL DEFAULT 0,
    last_hash     bytea,
    CHECK ((last_position = 0) = (last_hash IS NULL))
);

-- The batches as they committed; numbered without a gap. The record at an entry's (batch, ordinal)
-- stood in the journal at position first_position + ordinal.
CREATE TABLE batch (
    batch          bigint PRIMARY KEY,
    journal        uuid NOT NULL REFERENCES journal,
    first_position bigint NOT NULL,
    last_position  bigint NOT NULL,
    last_hash      bytea NOT NULL,
    entries        integer NOT NULL,
    quarantined    integer NOT NULL,
    appended_at    timestamptz NOT NULL,
    UNIQUE (journal, last_position)
);

-- What could not be read as a record: kept as it came, out of the log, and never in the way of what
-- follows it. It names no tenant that could be trusted, so no tenant sees it.
CREATE TABLE quarantine (
    journal        uuid NOT NULL REFERENCES journal,
    position       bigint NOT NULL,
    quarantined_at timestamptz NOT NULL,
    error          text NOT NULL,
    record         bytea NOT NULL,
    PRIMARY KEY (journal, position)
);

-- The next index of each tenant's log; indexes start at 0 and have no gap.
CREATE TABLE head (
    tenant_id  text COLLATE "C" PRIMARY KEY,
    next_index bigint NOT NULL
) WITH (fillfactor = 50);

-- The log. "record" is the truth: the exact bytes that the decision replica wrote. The other columns
-- are drawn from it for filters and sums, cut to a length that an index can hold.
CREATE TABLE entry (
    tenant_id   text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL,
    appended_at timestamptz NOT NULL,
    batch       bigint NOT NULL,
    ordinal     integer NOT NULL,
    decided_at  timestamptz NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    decision    text COLLATE "C",
    decision_id text COLLATE "C",
    agent_id    text COLLATE "C",
    agent_name  text COLLATE "C",
    action      text COLLATE "C",
    resource    text COLLATE "C",
    policy      text COLLATE "C",
    rule        text COLLATE "C",
    code        text COLLATE "C",
    surface     text COLLATE "C",
    trace_id    text COLLATE "C",
    latency_us  bigint,
    record      bytea NOT NULL,
    -- An entry by its index: its id, the tree, the proof that there is no gap.
    PRIMARY KEY (tenant_id, idx, appended_at)
) PARTITION BY RANGE (appended_at);

-- Each index costs every append, so there are three. The newest page, any period, and sums over one;
-- "decision" stands last, so that a rare decision is found without a visit to the table.
CREATE INDEX entry_by_time ON entry (tenant_id, decided_at, idx, decision);
-- One agent's entries, newest first. Names are turned into ids by agent_name.
CREATE INDEX entry_by_agent ON entry (tenant_id, agent_id, decided_at, idx);
-- One trace: the developer's question, too selective for a walk through a period.
CREATE INDEX entry_by_trace ON entry (tenant_id, trace_id, decided_at, idx);

CREATE TABLE entry_default PARTITION OF entry DEFAULT;

-- The ids that went by a name: saves entry a second index by agent.
CREATE TABLE agent_name (
    tenant_id text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    agent_id  text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, name, agent_id)
);

-- Makes the partitions of this month and the given number of months after it, and returns how many
-- were made. What the default partition caught meanwhile moves to where it belongs. For the owner.
CREATE FUNCTION make_entry_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    made       integer := 0;
    partition  text;
    first_at   timestamptz;
    end_at     timestamptz;
BEGIN
    FOR i IN 0..months_ahead LOOP
        partition := 'entry_' || to_char(this_month + make_interval(months => i), 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
        first_at := (this_month + make_interval(months => i)) AT TIME ZONE 'UTC';
        end_at := (this_month + make_interval(months => i + 1)) AT TIME ZONE 'UTC';
        -- Also the lock that keeps appends out of the default partition until this one is attached.
        ALTER TABLE entry_default NO FORCE ROW LEVEL SECURITY;
        EXECUTE format('CREATE TABLE %I (LIKE entry INCLUDING ALL)', partition);
        EXECUTE format(
            'WITH moved AS (DELETE FROM entry_default WHERE appended_at >= $1 AND appended_at < $2 RETURNING *) '
            'INSERT INTO %I SELECT * FROM moved', partition)
            USING first_at, end_at;
        ALTER TABLE entry_default FORCE ROW LEVEL SECURITY;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
        EXECUTE format(
            'ALTER TABLE entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, first_at, end_at);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;

-- Who may do what. Partitions have no grants and no policies: they are reached through entry alone.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_tenant() TO audit_app;

ALTER TABLE head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE entry_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT SELECT ON entry, agent_name TO audit_app;
CREATE POLICY app_reads_its_tenant ON entry FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON agent_name FOR SELECT TO audit_app USING (tenant_id = current_tenant());

GRANT SELECT, UPDATE (last_batch) ON ingest_lock TO audit_ingest;
GRANT SELECT, INSERT (journal), UPDATE (last_position, last_hash) ON journal TO audit_ingest;
GRANT SELECT, INSERT ON batch TO audit_ingest;
GRANT INSERT ON quarantine, entry, agent_name TO audit_ingest;
GRANT SELECT, INSERT, UPDATE (next_index) ON head TO audit_ingest;
CREATE POLICY ingest_appends ON entry FOR INSERT TO audit_ingest WITH CHECK (true);
CREATE POLICY ingest_appends ON agent_name FOR INSERT TO audit_ingest WITH CHECK (true);
CREATE POLICY ingest_reads_heads ON head FOR SELECT TO audit_ingest USING (true);
CREATE POLICY ingest_starts_heads ON head FOR INSERT TO audit_ingest WITH CHECK (true);
CREATE POLICY ingest_moves_heads ON head FOR UPDATE TO audit_ingest USING (true) WITH CHECK (true);

GRANT SELECT ON entry TO audit_feed;
CREATE POLICY feed_reads_all ON entry FOR SELECT TO audit_feed USING (true);

SELECT make_entry_partitions(3);
