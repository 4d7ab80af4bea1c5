package app.meshguard.decision.credential;

import app.meshguard.decision.bundle.KnownAgent;
import app.meshguard.decision.bundle.TenantBundle;

/**
 * An agent and what it showed. Tier and tags are the registry's, never the token's.
 *
 * @param credentialId the token's jti or the key's id
 */
public record Caller(
    TenantBundle tenant, KnownAgent agent, CredentialKind kind, String credentialId) {}
