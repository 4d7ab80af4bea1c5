package app.meshguard.tenant.outbox;

/**
 * A record as it is stored and shipped.
 *
 * @param id unique, also among those of other tenants and services
 * @param text canonical JSON
 */
public record OutboxRecord(String id, String text) {}
