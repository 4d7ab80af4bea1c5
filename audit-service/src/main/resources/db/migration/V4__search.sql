-- What the log is searched and summed up by. Everything here is drawn from the log and can be drawn
-- again (audit-service rebuild): nothing is proved by it.

DROP TABLE IF EXISTS entry, agent_name;
DROP FUNCTION IF EXISTS make_entry_partitions(integer);

-- How far the projection has come. INVARIANT: moved in the transaction that writes what it says.
CREATE TABLE projection_place (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    batch      bigint NOT NULL DEFAULT 0,
    ordinal    integer NOT NULL DEFAULT -1,
    rebuilt_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 10);
INSERT INTO projection_place DEFAULT VALUES;

-- One row for each entry: its columns, cut to a length that an index can hold, and its words as
-- numbers that mean nothing without the tenant's key. The record itself stays in the log.
CREATE TABLE search (
    tenant_id   text COLLATE "C" NOT NULL,
    idx         bigint NOT NULL,
    decided_at  timestamptz NOT NULL,
    appended_at timestamptz NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    decision    text COLLATE "C",
    decision_id text COLLATE "C",
    parent_id   text COLLATE "C",
    span_id     text COLLATE "C",
    agent_id    text COLLATE "C",
    agent_name  text COLLATE "C",
    trust_tier  text COLLATE "C",
    to_agent    text COLLATE "C",
    action      text COLLATE "C",
    resource    text COLLATE "C",
    policy      text COLLATE "C",
    rule        text COLLATE "C",
    code        text COLLATE "C",
    surface     text COLLATE "C",
    event       text COLLATE "C",
    trace_id    text COLLATE "C",
    latency_us  bigint,
    words       bigint[],
    -- Also the newest page, any period, and every walk that no other index makes shorter.
    PRIMARY KEY (tenant_id, decided_at, idx)
) PARTITION BY RANGE (decided_at);

CREATE INDEX search_by_agent ON search (tenant_id, agent_id, decided_at, idx);
CREATE INDEX search_by_trace ON search (tenant_id, trace_id, decided_at, idx)
    WHERE trace_id IS NOT NULL;
-- Ids begin with their time, so what is new stands together: cheap to keep.
CREATE INDEX search_by_id ON search (tenant_id, decision_id);
-- What is rare is found at once, and costs little because it is rare.
CREATE INDEX search_not_allowed ON search (tenant_id, decision, decided_at, idx)
    WHERE decision IN ('deny', 'pending_approval');
CREATE INDEX search_rare_kinds ON search (tenant_id, kind, decided_at, idx)
    WHERE kind NOT IN ('decision', 'outcome');
-- Hashes scatter: what comes in waits in a list and goes into the tree together.
CREATE INDEX search_by_word ON search USING gin (words) WITH (gin_pending_list_limit = 8192);

CREATE TABLE search_default PARTITION OF search DEFAULT;

-- Every agent that was seen, under every name that it went by.
CREATE TABLE seen_agent (
    tenant_id  text COLLATE "C" NOT NULL,
    agent_id   text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    trust_tier text COLLATE "C",
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, agent_id, name)
) WITH (fillfactor = 70);
CREATE INDEX seen_agent_by_name ON seen_agent (tenant_id, name);

-- Sums of whole hours ('h') and whole days ('d'), UTC, by one dimension each.
CREATE TABLE rollup (
    tenant_id     text COLLATE "C" NOT NULL,
    dimension     text COLLATE "C" NOT NULL,
    span          text COLLATE "C" NOT NULL CHECK (span IN ('h', 'd')),
    at            timestamptz NOT NULL,
    key           text COLLATE "C" NOT NULL,
    total         bigint NOT NULL,
    allow         bigint NOT NULL,
    deny          bigint NOT NULL,
    pending       bigint NOT NULL,
    latency_sum   bigint NOT NULL,
    latency_count bigint NOT NULL,
    latency_max   bigint NOT NULL,
    last_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, dimension, span, at, key)
) WITH (fillfactor = 70);

-- How many decisions took how long: see latency_bucket.
CREATE TABLE latency_rollup (
    tenant_id text COLLATE "C" NOT NULL,
    span      text COLLATE "C" NOT NULL CHECK (span IN ('h', 'd')),
    at        timestamptz NOT NULL,
    bucket    integer NOT NULL,
    entries   bigint NOT NULL,
    PRIMARY KEY (tenant_id, span, at, bucket)
) WITH (fillfactor = 70);

-- The bucket of a latency in microseconds: exact below 64, then 32 buckets for each doubling. The
-- same as LatencyBuckets in Java, which a test compares.
CREATE FUNCTION latency_bucket(micros bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT CASE WHEN micros < 64 THEN greatest(micros, 0)::integer
        ELSE (SELECT 64 + (e - 6) * 32 + ((micros >> (e - 5)) & 31)::integer
              FROM (SELECT length(ltrim(micros::bit(64)::text, '0')) - 1 AS e) AS exponent) END
$$;

-- Makes the partitions from the given month to the given number of months after this one, and
-- returns how many were made. What the default partition caught meanwhile moves to where it
-- belongs. For the owner.
CREATE FUNCTION make_search_partitions(first_month timestamptz, months_ahead integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    month     timestamp := date_trunc('month', first_month AT TIME ZONE 'UTC');
    last      timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => months_ahead);
    made      integer := 0;
    partition text;
    first_at  timestamptz;
    end_at    timestamptz;
BEGIN
    WHILE month <= last LOOP
        partition := 'search_' || to_char(month, 'YYYY_MM');
        first_at := month AT TIME ZONE 'UTC';
        month := month + interval '1 month';
        end_at := month AT TIME ZONE 'UTC';
        CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
        -- Also the lock that keeps rows out of the default partition until this one is attached.
        ALTER TABLE search_default NO FORCE ROW LEVEL SECURITY;
        EXECUTE format('CREATE TABLE %I (LIKE search INCLUDING ALL)', partition);
        EXECUTE format(
            'WITH moved AS (DELETE FROM search_default WHERE decided_at >= $1 AND decided_at < $2 RETURNING *) '
            'INSERT INTO %I SELECT * FROM moved', partition)
            USING first_at, end_at;
        ALTER TABLE search_default FORCE ROW LEVEL SECURITY;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
        EXECUTE format(
            'ALTER TABLE search ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, first_at, end_at);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;

REVOKE ALL ON FUNCTION latency_bucket(bigint), make_search_partitions(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION latency_bucket(bigint) TO audit_app;

ALTER TABLE search ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE search_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE seen_agent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE latency_rollup ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

GRANT SELECT ON search, seen_agent, rollup, latency_rollup TO audit_app;
CREATE POLICY app_reads_its_tenant ON search FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON seen_agent FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON rollup FOR SELECT TO audit_app USING (tenant_id = current_tenant());
CREATE POLICY app_reads_its_tenant ON latency_rollup FOR SELECT TO audit_app USING (tenant_id = current_tenant());

GRANT SELECT, UPDATE (batch, ordinal) ON projection_place TO audit_project;
GRANT INSERT ON search TO audit_project;
GRANT SELECT, INSERT, UPDATE ON seen_agent, rollup, latency_rollup TO audit_project;
CREATE POLICY project_writes ON search FOR INSERT TO audit_project WITH CHECK (true);
CREATE POLICY project_reads ON seen_agent FOR SELECT TO audit_project USING (true);
CREATE POLICY project_writes ON seen_agent FOR INSERT TO audit_project WITH CHECK (true);
CREATE POLICY project_adds ON seen_agent FOR UPDATE TO audit_project USING (true) WITH CHECK (true);
CREATE POLICY project_reads ON rollup FOR SELECT TO audit_project USING (true);
CREATE POLICY project_writes ON rollup FOR INSERT TO audit_project WITH CHECK (true);
CREATE POLICY project_adds ON rollup FOR UPDATE TO audit_project USING (true) WITH CHECK (true);
CREATE POLICY project_reads ON latency_rollup FOR SELECT TO audit_project USING (true);
CREATE POLICY project_writes ON latency_rollup FOR INSERT TO audit_project WITH CHECK (true);
CREATE POLICY project_adds ON latency_rollup FOR UPDATE TO audit_project USING (true) WITH CHECK (true);

-- A tenant's policy keeps an index on words from being used: only what cannot leak goes before it,
-- and no operator of arrays is declared so. The feed's role finds the places of words; the rows are
-- then read as the tenant's.
GRANT SELECT (tenant_id, idx, decided_at, words) ON search TO audit_feed;
CREATE POLICY feed_finds_words ON search FOR SELECT TO audit_feed USING (true);

SELECT make_search_partitions(now() - interval '2 months', 3);
