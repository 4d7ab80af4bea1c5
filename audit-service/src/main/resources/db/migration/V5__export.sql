-- Where a tenant has its log sent to, and how far that has come.
CREATE TABLE siem_target (
    tenant_id       text COLLATE "C" NOT NULL,
    name            text COLLATE "C" NOT NULL,
    type            text COLLATE "C" NOT NULL CHECK (type IN ('splunk_hec', 'elastic_bulk')),
    url             text NOT NULL,
    index_name      text,
    -- Sealed under a key made of a log master, whose version stands before the colon.
    secret          text NOT NULL,
    enabled         boolean NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    -- The next entry to send. Moved only when the receiver has taken what stands before it.
    next_index      bigint NOT NULL,
    sent            bigint NOT NULL DEFAULT 0,
    last_success_at timestamptz,
    failures        integer NOT NULL DEFAULT 0,
    last_error      text,
    -- Whoever sends moves it first, so that others leave the target alone meanwhile.
    due_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);
CREATE INDEX siem_target_due ON siem_target (due_at) WHERE enabled;

ALTER TABLE siem_target ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
GRANT SELECT, DELETE, INSERT (tenant_id, name, type, url, index_name, secret, enabled, next_index),
    UPDATE (type, url, index_name, secret, enabled, next_index, failures, last_error, due_at)
    ON siem_target TO audit_app;
CREATE POLICY app_manages_its_tenant ON siem_target TO audit_app
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

GRANT SELECT, UPDATE (next_index, sent, last_success_at, failures, last_error, due_at)
    ON siem_target TO audit_feed;
CREATE POLICY feed_reads_all ON siem_target FOR SELECT TO audit_feed USING (true);
CREATE POLICY feed_moves_cursors ON siem_target FOR UPDATE TO audit_feed USING (true) WITH CHECK (true);
