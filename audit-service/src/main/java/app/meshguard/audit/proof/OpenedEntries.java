package app.meshguard.audit.proof;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.seal.DamagedPayload;
import app.meshguard.audit.seal.Payloads;
import app.meshguard.wire.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds entries with what their leaves commit to. */
@ApplicationScoped
class OpenedEntries {
  private static final Logger LOG = Logger.getLogger(OpenedEntries.class);
  private static final String ENTRY =
      "SELECT leaf, seed, payload FROM log_entry WHERE tenant_id = $1 AND idx = $2";

  private final TenantLog database;
  private final Payloads payloads;

  @Inject
  OpenedEntries(TenantLog database, Payloads payloads) {
    this.database = database;
    this.payloads = payloads;
  }

  /** The entry of that id in this tenant's log. */
  Optional<OpenedEntry> find(TenantId tenant, EntryId id) {
    return database.read(
        tenant,
        connection -> {
          for (Row row :
              await(
                  connection.preparedQuery(ENTRY).execute(Tuple.of(tenant.value(), id.index())))) {
            OpenedEntry entry =
                open(
                    tenant,
                    id.index(),
                    row.getBuffer(0).getBytes(),
                    bytes(row.getBuffer(1)),
                    bytes(row.getBuffer(2)));
            if (isNamed(id, entry)) {
              return Optional.of(entry);
            }
          }
          return Optional.empty();
        });
  }

  private OpenedEntry open(
      TenantId tenant, long index, byte[] leaf, byte @Nullable [] seed, byte @Nullable [] payload) {
    byte @Nullable [] record = null;
    byte @Nullable [] salt = null;
    boolean damaged = false;
    try {
      record = payloads.open(tenant, seed, payload, leaf);
      salt = record == null || seed == null ? null : payloads.salt(tenant, seed);
    } catch (DamagedPayload e) {
      damaged = true;
      LOG.errorf("entry %d of %s: %s", index, tenant, e.getMessage());
    }
    return new OpenedEntry(
        index,
        text(leaf),
        salt == null ? null : text(salt),
        record == null ? null : text(record),
        damaged);
  }

  /**
   * An id is made of the leaf; those that were given out before there were leaves, of the record.
   */
  private static boolean isNamed(EntryId id, OpenedEntry entry) {
    return id.equals(EntryId.of(entry.index(), Base64.getDecoder().decode(entry.leaf())))
        || (entry.record() != null
            && id.equals(EntryId.of(entry.index(), Base64.getDecoder().decode(entry.record()))));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
    return buffer == null ? null : buffer.getBytes();
  }
}
