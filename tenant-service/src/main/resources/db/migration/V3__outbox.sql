-- What admins did, on its way to the audit log, and what was in force at each version.
--
-- Expands only: the release before this one goes on running against it.

-- Written in the transaction of the change, gone once the audit-service has it and its keep time is
-- over. A position is given when the row is shipped, never before: what commits late must not be a
-- gap. INVARIANT: a row that has a position is never changed again.
CREATE TABLE outbox (
  tenant_id text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  written_at timestamptz NOT NULL DEFAULT now(),
  record text NOT NULL CHECK (record IS JSON OBJECT),
  position bigint,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_waiting ON outbox (seq) WHERE position IS NULL;
CREATE INDEX outbox_in_order ON outbox (position) WHERE position IS NOT NULL;

-- The journal that the outbox is to the audit-service.
CREATE TABLE outbox_journal (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  journal uuid NOT NULL,
  numbered bigint NOT NULL DEFAULT 0,
  acknowledged bigint NOT NULL DEFAULT 0,
  CHECK (acknowledged <= numbered)
);
INSERT INTO outbox_journal (journal) VALUES (gen_random_uuid());

-- Which revisions were in force from a version of the section "policies" on, until the next row.
CREATE TABLE policy_history (
  tenant_id text NOT NULL REFERENCES tenants,
  version bigint NOT NULL,
  since timestamptz NOT NULL,
  policies text NOT NULL CHECK (policies IS JSON ARRAY),
  PRIMARY KEY (tenant_id, version)
);

-- What else decided calls, from a version of the section "directory" on: the tenant's own settings
-- and what policies read as env.*. Agents are not here: records hold them.
CREATE TABLE settings_history (
  tenant_id text NOT NULL REFERENCES tenants,
  version bigint NOT NULL,
  since timestamptz NOT NULL,
  settings text NOT NULL CHECK (settings IS JSON OBJECT),
  PRIMARY KEY (tenant_id, version)
);

CREATE FUNCTION policies_now(tenant text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'revision', revision,
    'canary', canary_revision, 'percent', canary_percent) ORDER BY name), '[]')::text
  FROM policies WHERE tenant_id = tenant AND in_force
$$;

CREATE FUNCTION settings_now(tenant text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT json_build_object('name', name, 'plan', plan, 'timezone', timezone,
    'tierCeilings', tier_ceilings::json, 'riskFloors', risk_floors::json,
    'mediumRiskPerMinute', medium_risk_per_minute,
    'env', coalesce((SELECT env::json FROM targets g
      WHERE g.tenant_id = tenant AND g.is_primary), '{}'::json))::text
  FROM tenants WHERE tenant_id = tenant
$$;

-- Runs when a transaction that counted a version up commits, whoever wrote it, also the release
-- before this one: no version is without what it means.
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO policy_history AS h
    SELECT NEW.tenant_id, NEW.policies, now(), policies_now(NEW.tenant_id)
    WHERE policies_now(NEW.tenant_id) IS DISTINCT FROM (SELECT l.policies FROM policy_history l
      WHERE l.tenant_id = NEW.tenant_id ORDER BY l.version DESC LIMIT 1)
    ON CONFLICT DO NOTHING;
  INSERT INTO settings_history AS h
    SELECT NEW.tenant_id, NEW.directory, now(), settings_now(NEW.tenant_id)
    WHERE settings_now(NEW.tenant_id) IS DISTINCT FROM (SELECT l.settings FROM settings_history l
      WHERE l.tenant_id = NEW.tenant_id ORDER BY l.version DESC LIMIT 1)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER keep_history AFTER INSERT OR UPDATE ON section_versions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_history();

-- What is in force now is what the present versions mean. The owner is held by forced row security
-- too, so these statements run without it, under the locks that the changes take.
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE targets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE policies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE section_versions NO FORCE ROW LEVEL SECURITY;
INSERT INTO policy_history
  SELECT tenant_id, policies, now(), policies_now(tenant_id) FROM section_versions;
INSERT INTO settings_history
  SELECT tenant_id, directory, now(), settings_now(tenant_id) FROM section_versions;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE targets FORCE ROW LEVEL SECURITY;
ALTER TABLE policies FORCE ROW LEVEL SECURITY;
ALTER TABLE section_versions FORCE ROW LEVEL SECURITY;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['outbox', 'policy_history', 'settings_history'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO tenant_app '
      'USING (tenant_id = current_setting(''meshguard.tenant'')::tenant_ref) '
      'WITH CHECK (tenant_id = current_setting(''meshguard.tenant'')::tenant_ref)', t);
  END LOOP;
END $$;

-- Nobody but the shipper reads the outbox again, and nobody rewrites history.
GRANT INSERT ON outbox TO tenant_app;
GRANT SELECT, INSERT ON policy_history, settings_history TO tenant_app;

-- The shipper sees all tenants' records, numbers them, and takes away what has been acknowledged.
GRANT USAGE ON SCHEMA public TO tenant_ship;
GRANT SELECT, DELETE ON outbox TO tenant_ship;
GRANT UPDATE (position) ON outbox TO tenant_ship;
GRANT SELECT, UPDATE ON outbox_journal TO tenant_ship;
CREATE POLICY ship_reads ON outbox FOR SELECT TO tenant_ship USING (true);
CREATE POLICY ship_numbers ON outbox FOR UPDATE TO tenant_ship USING (true);
CREATE POLICY ship_deletes ON outbox FOR DELETE TO tenant_ship USING (position IS NOT NULL);

-- What the audit-service keeps by: absent is the plan's.
ALTER TABLE tenants
  ADD COLUMN retention_days integer CHECK (retention_days BETWEEN 1 AND 3650),
  ADD COLUMN erasure_paths text NOT NULL DEFAULT '[]' CHECK (erasure_paths IS JSON ARRAY);
GRANT SELECT (retention_days, erasure_paths) ON tenants TO tenant_feed;
