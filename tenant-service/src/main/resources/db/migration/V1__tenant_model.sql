-- The tenant model. Every table with tenant_id has row-level security enabled and forced; the
-- tenant is set with set_config('meshguard.tenant', …, true) in each transaction. The cast to this
-- domain makes an unset tenant an error: a setting that was once local to a transaction comes back
-- as an empty text, which current_setting alone would let pass as "no rows".
CREATE DOMAIN tenant_ref AS text CHECK (VALUE ~ '^org_[0-9A-Za-z]{16}$');

CREATE TABLE tenants (
  tenant_id text PRIMARY KEY CHECK (tenant_id ~ '^org_[0-9A-Za-z]{16}$'),
  name text NOT NULL,
  email text NOT NULL,
  plan text NOT NULL DEFAULT 'free',
  timezone text NOT NULL DEFAULT 'UTC',
  mode text NOT NULL DEFAULT 'enforce' CHECK (mode IN ('enforce', 'audit')),
  max_staleness_seconds integer NOT NULL DEFAULT 900,
  medium_risk_per_minute integer NOT NULL DEFAULT 600,
  tier_ceilings text NOT NULL DEFAULT '{}' CHECK (tier_ceilings IS JSON OBJECT),
  created_at timestamptz NOT NULL
);

-- One row a tenant; its lock serialises the tenant's management writes.
CREATE TABLE section_versions (
  tenant_id text PRIMARY KEY REFERENCES tenants,
  policies bigint NOT NULL DEFAULT 1,
  directory bigint NOT NULL DEFAULT 1,
  revocations bigint NOT NULL DEFAULT 1
);

CREATE TABLE agents (
  tenant_id text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  name text NOT NULL,
  trust_tier text NOT NULL
    CHECK (trust_tier IN ('untrusted', 'basic', 'verified', 'trusted', 'privileged')),
  risk_level text CHECK (risk_level IN ('low', 'medium', 'high', 'critical')),
  tags text NOT NULL CHECK (tags IS JSON ARRAY),
  roles text NOT NULL CHECK (roles IS JSON ARRAY),
  owner text,
  department text,
  capabilities text NOT NULL CHECK (capabilities IS JSON ARRAY),
  metadata text NOT NULL CHECK (metadata IS JSON OBJECT),
  status text NOT NULL CHECK (status IN ('active', 'suspended', 'revoked')),
  tokens_valid_from timestamptz NOT NULL,
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
-- A revoked agent keeps its name in the records; the name is free for a new agent.
CREATE UNIQUE INDEX agents_name ON agents (tenant_id, name) WHERE status <> 'revoked';
CREATE INDEX agents_in_order ON agents (tenant_id, created_at, id);

CREATE TABLE api_keys (
  tenant_id text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('agent', 'admin')),
  name text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  hint text NOT NULL,
  agent_id text,
  agent_tags text NOT NULL CHECK (agent_tags IS JSON ARRAY),
  permissions text NOT NULL CHECK (permissions IS JSON ARRAY),
  created_by text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id)
);
CREATE INDEX api_keys_in_order ON api_keys (tenant_id, created_at, id);

CREATE TABLE policies (
  tenant_id text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  name text NOT NULL,
  revision integer NOT NULL,
  in_force boolean NOT NULL,
  summary text NOT NULL CHECK (summary IS JSON OBJECT),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
-- A deleted policy keeps its row, so that a later one of its name counts its revisions on.
CREATE UNIQUE INDEX policies_name ON policies (tenant_id, name);

CREATE TABLE policy_revisions (
  tenant_id text NOT NULL,
  policy_id text NOT NULL,
  revision integer NOT NULL,
  document text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, policy_id, revision),
  FOREIGN KEY (tenant_id, policy_id) REFERENCES policies (tenant_id, id)
);

CREATE TABLE targets (
  tenant_id text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  name text NOT NULL,
  base_url text NOT NULL,
  is_primary boolean NOT NULL,
  declared_actions text NOT NULL CHECK (declared_actions IN ('also', 'trusted')),
  routes text NOT NULL CHECK (routes IS JSON ARRAY),
  sealed_headers text NOT NULL CHECK (sealed_headers IS JSON OBJECT),
  env text NOT NULL CHECK (env IS JSON OBJECT),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX targets_name ON targets (tenant_id, name);
CREATE INDEX targets_in_order ON targets (tenant_id, created_at, id);

CREATE TABLE revocations (
  tenant_id text NOT NULL REFERENCES tenants,
  kind text NOT NULL CHECK (kind IN ('agent', 'key', 'token')),
  id text NOT NULL,
  revoked_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, id)
);

-- First answers, without their secrets, for repeats of a write with the same Idempotency-Key.
CREATE TABLE idempotency_keys (
  tenant_id text NOT NULL REFERENCES tenants,
  key text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  answer text NOT NULL CHECK (answer IS JSON OBJECT),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

-- Which decision replicas hold the feed open now, at any replica of this service.
CREATE TABLE feed_subscribers (
  subscription text PRIMARY KEY,
  replica text NOT NULL,
  seen_at timestamptz NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tenants', 'section_versions', 'agents', 'api_keys', 'policies',
      'policy_revisions', 'targets', 'revocations', 'idempotency_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_tenant ON %I TO tenant_app '
      'USING (tenant_id = current_setting(''meshguard.tenant'')::tenant_ref) '
      'WITH CHECK (tenant_id = current_setting(''meshguard.tenant'')::tenant_ref)', t);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO tenant_app, tenant_feed;
GRANT SELECT, INSERT, UPDATE ON tenants, section_versions, agents, api_keys, policies TO tenant_app;
GRANT SELECT, INSERT ON policy_revisions TO tenant_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON targets TO tenant_app;
GRANT SELECT, INSERT ON revocations TO tenant_app;
GRANT SELECT, INSERT, DELETE ON idempotency_keys TO tenant_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON feed_subscribers TO tenant_app;

-- The feed reads all tenants, only what the bundles hold, and writes nothing.
GRANT SELECT ON section_versions, targets, revocations TO tenant_feed;
GRANT SELECT (tenant_id, id, name, revision, in_force) ON policies TO tenant_feed;
GRANT SELECT (tenant_id, policy_id, revision, document) ON policy_revisions TO tenant_feed;
GRANT SELECT (tenant_id, name, plan, timezone, mode, max_staleness_seconds,
  medium_risk_per_minute, tier_ceilings) ON tenants TO tenant_feed;
GRANT SELECT (tenant_id, id, name, trust_tier, risk_level, tags, roles, owner, department,
  metadata, status, tokens_valid_from, expires_at, created_at) ON agents TO tenant_feed;
GRANT SELECT (tenant_id, id, kind, sha256, agent_id, agent_tags, expires_at, revoked_at)
  ON api_keys TO tenant_feed;
CREATE POLICY feed_reads ON tenants FOR SELECT TO tenant_feed USING (true);
CREATE POLICY feed_reads ON section_versions FOR SELECT TO tenant_feed USING (true);
CREATE POLICY feed_reads ON agents FOR SELECT TO tenant_feed USING (true);
CREATE POLICY feed_reads ON api_keys FOR SELECT TO tenant_feed USING (kind = 'agent');
CREATE POLICY feed_reads ON policies FOR SELECT TO tenant_feed USING (in_force);
CREATE POLICY feed_reads ON policy_revisions FOR SELECT TO tenant_feed USING (true);
CREATE POLICY feed_reads ON targets FOR SELECT TO tenant_feed USING (true);
CREATE POLICY feed_reads ON revocations FOR SELECT TO tenant_feed USING (true);
