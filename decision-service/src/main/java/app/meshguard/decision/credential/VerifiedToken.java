package app.meshguard.decision.credential;

import app.meshguard.wire.TenantId;

/** What a token says that one of our keys signed. Times are milliseconds since the epoch. */
record VerifiedToken(TenantId tenant, String agentId, String jti, long issuedAt, long expiresAt) {}
