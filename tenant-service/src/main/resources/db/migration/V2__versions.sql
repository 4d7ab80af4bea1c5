-- Versions that are stored, published, shown to a share of the agents, and rolled back.
--
-- Expands only: the release before this one goes on running against it. A policy that has drafts
-- alone has revision 0 and is not in force.
ALTER TABLE policies
  ADD COLUMN canary_revision integer,
  ADD COLUMN canary_percent integer CHECK (canary_percent BETWEEN 1 AND 99),
  ADD CONSTRAINT canary_is_whole CHECK ((canary_revision IS NULL) = (canary_percent IS NULL));

-- What was put in force, or taken out of it, by whom and when. Of the kinds publish and rollback,
-- previous is the number of the publication that a rollback of this one returns to, so that two
-- rollbacks go back two steps.
CREATE TABLE policy_publications (
  tenant_id text NOT NULL,
  policy_id text NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('publish', 'canary', 'end_canary', 'rollback', 'delete')),
  revision integer NOT NULL,
  percent integer,
  previous integer,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, policy_id, number),
  FOREIGN KEY (tenant_id, policy_id, revision) REFERENCES policy_revisions
);

-- Until now each revision was in force from the moment it was stored. The owner is held by forced
-- row security too, so this one statement runs without it, under the lock that the change takes.
ALTER TABLE policy_revisions NO FORCE ROW LEVEL SECURITY;
INSERT INTO policy_publications
  SELECT tenant_id, policy_id, revision, 'publish', revision, NULL, nullif(revision - 1, 0),
    created_by, created_at
  FROM policy_revisions;
ALTER TABLE policy_revisions FORCE ROW LEVEL SECURITY;

ALTER TABLE policy_publications ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_publications FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_publications TO tenant_app
  USING (tenant_id = current_setting('meshguard.tenant')::tenant_ref)
  WITH CHECK (tenant_id = current_setting('meshguard.tenant')::tenant_ref);

GRANT SELECT, INSERT ON policy_publications TO tenant_app;
GRANT SELECT (canary_revision, canary_percent) ON policies TO tenant_feed;

-- What the tenant's risk levels demand, by level, only those that it set. medium_risk_per_minute
-- goes on holding the calls a minute of the level medium for the release before this one.
ALTER TABLE tenants
  ADD COLUMN risk_floors text NOT NULL DEFAULT '{}' CHECK (risk_floors IS JSON OBJECT);
GRANT SELECT (risk_floors) ON tenants TO tenant_feed;
