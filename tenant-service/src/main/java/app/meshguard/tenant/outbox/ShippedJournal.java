package app.meshguard.tenant.outbox;

/**
 * The journal that the outbox is to the audit-service.
 *
 * @param numbered the last position that was given
 * @param acknowledged the last position that the audit-service has committed
 */
record ShippedJournal(String id, long numbered, long acknowledged) {}
