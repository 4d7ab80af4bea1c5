package app.meshguard.audit.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A log of the tenant, as it was last signed.
 *
 * @param firstIndex index of the first entry in it
 * @param size how many leaves it has, the preamble included
 * @param preamble leaf 0 of a successor in base64; absent in the first log of a tenant
 * @param root base64
 * @param checkpoint the signed note; absent when none is signed yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection // written to a stream: no resource names it
record SignedLog(
    int epoch,
    String origin,
    long firstIndex,
    long size,
    @Nullable String preamble,
    String root,
    @Nullable String checkpoint,
    String state) {
  static final String COLUMNS = "epoch, origin, first_idx, size, preamble, root, checkpoint, state";

  static SignedLog of(Row row) {
    return new SignedLog(
        row.getInteger(0),
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getBuffer(4) == null ? null : base64(row.getBuffer(4).getBytes()),
        base64(row.getBuffer(5).getBytes()),
        row.getBuffer(6) == null
            ? null
            : new String(row.getBuffer(6).getBytes(), StandardCharsets.UTF_8),
        row.getString(7));
  }

  /** The index of the last entry that the checkpoint covers. */
  long lastIndex() {
    return firstIndex + size - (preamble == null ? 1 : 2);
  }

  /** The number of an entry's leaf. */
  long leafOf(long index) {
    return index - firstIndex + (preamble == null ? 0 : 1);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
