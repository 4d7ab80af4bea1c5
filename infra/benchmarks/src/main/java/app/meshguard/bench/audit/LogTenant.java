package app.meshguard.bench.audit;

/** A tenant whose log is searched. */
record LogTenant(String id, String adminToken) {}
