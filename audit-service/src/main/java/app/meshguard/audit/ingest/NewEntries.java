package app.meshguard.audit.ingest;

import app.meshguard.audit.record.EvidenceRecord;
import app.meshguard.audit.record.RecordReader;
import app.meshguard.audit.record.UnreadableRecord;
import app.meshguard.audit.seal.Sealed;
import app.meshguard.audit.seal.Sealer;
import app.meshguard.wire.TenantId;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The new records of a batch, read, sealed and laid out in columns as {@code unnest} takes them;
 * what could not be read beside them. Made before the ingest lock is taken, so that batches are
 * read side by side and wait for each other's writing only.
 */
final class NewEntries {
  /** A record that was read; {@code ordinal} counts from the batch's first. */
  private record Entry(int ordinal, EvidenceRecord record, Sealed sealed) {}

  private record Bad(int ordinal, String error) {}

  private final EvidenceBatch batch;
  private final Set<TenantId> tenants = new HashSet<>();
  // By tenant, then in the batch's order: rows go in as the primary key has them.
  private final List<Entry> entries = new ArrayList<>();
  private final List<Bad> bad = new ArrayList<>();
  private final Map<String, Long> heads = new HashMap<>();

  NewEntries(EvidenceBatch batch, Sealer sealer) {
    this.batch = batch;
    RecordReader reader = new RecordReader();
    String last = "";
    for (int i = 0; i < batch.size(); i++) {
      try {
        EvidenceRecord record = reader.read(batch.body(), batch.start(i), batch.length(i));
        entries.add(
            new Entry(
                i, record, sealer.seal(record, batch.body(), batch.start(i), batch.length(i))));
        if (!record.tenant().equals(last)) {
          last = record.tenant();
          tenants.add(new TenantId(last));
        }
      } catch (UnreadableRecord e) {
        bad.add(new Bad(i, String.valueOf(e.getMessage()).replace('\0', '\uFFFD')));
      }
    }
    entries.sort(Comparator.comparing(e -> e.record().tenant()));
  }

  /** Forgets the records below this index of the batch: the log has them. */
  void dropBefore(int firstNew) {
    if (firstNew > 0) {
      entries.removeIf(e -> e.ordinal() < firstNew);
      bad.removeIf(e -> e.ordinal() < firstNew);
    }
  }

  int size() {
    return entries.size();
  }

  int quarantined() {
    return bad.size();
  }

  List<String> errors() {
    return bad.stream().map(Bad::error).toList();
  }

  /** Whose records the whole batch holds, those included that the log has. */
  Set<TenantId> tenants() {
    return tenants;
  }

  /** Sets the next index of a tenant's log; a tenant without one starts at 0. */
  void head(String tenant, long nextIndex) {
    heads.put(tenant, nextIndex);
  }

  /** The parameters of the insert into log_entry. */
  Tuple log(long batchNumber, OffsetDateTime appendedAt, int firstNew) {
    int n = entries.size();
    String[] tenant = new String[n];
    Integer[] ordinal = new Integer[n];
    Buffer[] leaf = new Buffer[n];
    Buffer[] seed = new Buffer[n];
    Buffer[] payload = new Buffer[n];
    for (int i = 0; i < n; i++) {
      Entry entry = entries.get(i);
      tenant[i] = entry.record().tenant();
      ordinal[i] = entry.ordinal() - firstNew;
      leaf[i] = buffer(entry.sealed().leaf());
      seed[i] = buffer(entry.sealed().seed());
      payload[i] = buffer(entry.sealed().payload());
    }
    return Tuple.of(batchNumber, appendedAt)
        .addArrayOfString(tenant)
        .addArrayOfLong(indexes())
        .addArrayOfInteger(ordinal)
        .addArrayOfBuffer(leaf)
        .addArrayOfBuffer(seed)
        .addArrayOfBuffer(payload);
  }

  /** Adds the spans: tenants, first indexes, counts, hashes over leaf hashes, next indexes. */
  void addSpans(Tuple tuple) {
    List<String> names = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    List<Buffer> hashes = new ArrayList<>();
    List<Long> next = new ArrayList<>();
    LeavesHash hash = new LeavesHash();
    for (int start = 0, end; start < entries.size(); start = end) {
      String tenant = entries.get(start).record().tenant();
      for (end = start; end < entries.size(); end++) {
        if (!entries.get(end).record().tenant().equals(tenant)) {
          break;
        }
        hash.add(entries.get(end).sealed().leafHash());
      }
      long head = heads.getOrDefault(tenant, 0L);
      names.add(tenant);
      first.add(head);
      counts.add(end - start);
      hashes.add(buffer(hash.take()));
      next.add(head + end - start);
    }
    tuple
        .addArrayOfString(names.toArray(String[]::new))
        .addArrayOfLong(first.toArray(Long[]::new))
        .addArrayOfInteger(counts.toArray(Integer[]::new))
        .addArrayOfBuffer(hashes.toArray(Buffer[]::new))
        .addArrayOfLong(next.toArray(Long[]::new));
  }

  /** The index of each entry, in the entries' order. */
  private Long[] indexes() {
    Long[] index = new Long[entries.size()];
    String tenant = "";
    long next = 0;
    for (int i = 0; i < index.length; i++) {
      String its = entries.get(i).record().tenant();
      if (!its.equals(tenant)) {
        tenant = its;
        next = heads.getOrDefault(its, 0L);
      }
      index[i] = next++;
    }
    return index;
  }

  /** The parameters of the insert into quarantine. */
  Tuple quarantine(OffsetDateTime at) {
    return Tuple.of(batch.journal(), at)
        .addArrayOfLong(
            bad.stream().map(e -> batch.firstPosition() + e.ordinal()).toArray(Long[]::new))
        .addArrayOfString(bad.stream().map(Bad::error).toArray(String[]::new))
        .addArrayOfBuffer(bad.stream().map(e -> bytes(e.ordinal())).toArray(Buffer[]::new));
  }

  private Buffer bytes(int index) {
    int start = batch.start(index);
    return Buffer.buffer(Unpooled.wrappedBuffer(batch.body(), start, batch.length(index)));
  }

  private static Buffer buffer(byte[] bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
