package app.meshguard.audit.ingest;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The new records of a batch, read and laid out in columns as {@code unnest} takes them; what could
 * not be read beside them. Made before the ingest lock is taken, so that batches are read side by
 * side and wait for each other's writing only.
 */
final class NewEntries {
  private record AgentName(String tenant, String name, String id) {}

  private final EvidenceBatch batch;
  private final List<EvidenceRecord> records = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private final List<Integer> badIndexes = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Map<String, Long> heads = new TreeMap<>();

  NewEntries(EvidenceBatch batch) {
    this.batch = batch;
    RecordReader reader = new RecordReader();
    for (int i = 0; i < batch.size(); i++) {
      try {
        records.add(reader.read(batch.body(), batch.start(i), batch.length(i)));
        indexes.add(i);
      } catch (UnreadableRecord e) {
        badIndexes.add(i);
        errors.add(String.valueOf(e.getMessage()).replace('\0', '\uFFFD'));
      }
    }
  }

  /** Forgets the records below this index of the batch: the log has them. */
  void dropBefore(int firstNew) {
    drop(indexes, records, firstNew);
    drop(badIndexes, errors, firstNew);
  }

  private static <T> void drop(List<Integer> indexes, List<T> values, int firstNew) {
    int count = 0;
    while (count < indexes.size() && indexes.get(count) < firstNew) {
      count++;
    }
    indexes.subList(0, count).clear();
    values.subList(0, count).clear();
  }

  int size() {
    return records.size();
  }

  int quarantined() {
    return errors.size();
  }

  List<String> errors() {
    return errors;
  }

  String[] tenants() {
    return records.stream().map(EvidenceRecord::tenant).distinct().toArray(String[]::new);
  }

  /** Sets the next index of a tenant's log; a tenant without one starts at 0. */
  void head(String tenant, long nextIndex) {
    heads.put(tenant, nextIndex);
  }

  /** The parameters of the insert into entry. Hands out the indexes: to be called once. */
  Tuple entries(long batchNumber, OffsetDateTime appendedAt, int firstNew) {
    int n = records.size();
    String[] tenant = new String[n];
    Long[] index = new Long[n];
    Integer[] ordinal = new Integer[n];
    OffsetDateTime[] decidedAt = new OffsetDateTime[n];
    Long[] latency = new Long[n];
    Buffer[] bytes = new Buffer[n];
    String[][] text = new String[12][n];
    for (int i = 0; i < n; i++) {
      EvidenceRecord r = records.get(i);
      tenant[i] = r.tenant();
      index[i] = heads.merge(r.tenant(), 1L, Long::sum) - 1;
      ordinal[i] = indexes.get(i) - firstNew;
      decidedAt[i] = r.decidedAt();
      latency[i] = r.latencyUs();
      bytes[i] = bytes(indexes.get(i));
      text[0][i] = r.kind();
      text[1][i] = r.decision();
      text[2][i] = r.decisionId();
      text[3][i] = r.agentId();
      text[4][i] = r.agentName();
      text[5][i] = r.action();
      text[6][i] = r.resource();
      text[7][i] = r.policy();
      text[8][i] = r.rule();
      text[9][i] = r.code();
      text[10][i] = r.surface();
      text[11][i] = r.traceId();
    }
    Tuple tuple =
        Tuple.of(batchNumber, appendedAt)
            .addArrayOfString(tenant)
            .addArrayOfLong(index)
            .addArrayOfInteger(ordinal)
            .addArrayOfOffsetDateTime(decidedAt)
            .addArrayOfLong(latency)
            .addArrayOfBuffer(bytes);
    for (String[] column : text) {
      tuple.addArrayOfString(column);
    }
    return tuple;
  }

  /** Tenants and their next indexes, after {@link #entries} has handed some out. */
  void addHeads(Tuple tuple) {
    tuple.addArrayOfString(heads.keySet().toArray(String[]::new));
    tuple.addArrayOfLong(heads.values().toArray(Long[]::new));
  }

  /** Which name went with which id: tenants, names, ids. */
  void addAgentNames(Tuple tuple) {
    Set<AgentName> seen = new HashSet<>();
    for (EvidenceRecord r : records) {
      String id = r.agentId();
      String name = r.agentName();
      if (id != null && name != null) {
        seen.add(new AgentName(r.tenant(), name, id));
      }
    }
    tuple.addArrayOfString(seen.stream().map(AgentName::tenant).toArray(String[]::new));
    tuple.addArrayOfString(seen.stream().map(AgentName::name).toArray(String[]::new));
    tuple.addArrayOfString(seen.stream().map(AgentName::id).toArray(String[]::new));
  }

  /** The parameters of the insert into quarantine. */
  Tuple quarantine(OffsetDateTime at) {
    return Tuple.of(batch.journal(), at)
        .addArrayOfLong(
            badIndexes.stream().map(i -> batch.firstPosition() + i).toArray(Long[]::new))
        .addArrayOfString(errors.toArray(String[]::new))
        .addArrayOfBuffer(badIndexes.stream().map(this::bytes).toArray(Buffer[]::new));
  }

  private Buffer bytes(int index) {
    int start = batch.start(index);
    return Buffer.buffer(Unpooled.wrappedBuffer(batch.body(), start, batch.length(index)));
  }
}
