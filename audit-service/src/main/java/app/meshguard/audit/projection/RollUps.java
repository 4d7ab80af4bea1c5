package app.meshguard.audit.projection;

import app.meshguard.audit.rollup.Dimension;
import app.meshguard.audit.rollup.LatencyBuckets;
import app.meshguard.wire.TenantId;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds up what some entries add to the sums of hours and days: each sum is written once. */
final class RollUps {
  // Policy and rule together fit in an index whatever they are written in.
  private static final int KEY_LENGTH = 200;

  private record Sum(String tenant, String dimension, String span, Instant at, String key)
      implements Comparable<Sum> {
    @Override
    public int compareTo(Sum other) {
      int order = tenant.compareTo(other.tenant);
      order = order != 0 ? order : dimension.compareTo(other.dimension);
      order = order != 0 ? order : span.compareTo(other.span);
      order = order != 0 ? order : at.compareTo(other.at);
      return order != 0 ? order : key.compareTo(other.key);
    }
  }

  private static final class Added {
    long total;
    long allow;
    long deny;
    long pending;
    long latencySum;
    long latencyCount;
    long latencyMax;
    Instant lastAt = Instant.EPOCH;
  }

  // In one order always: two writers could not wait for each other in a circle.
  private final Map<Sum, Added> sums = new TreeMap<>();
  private final Map<Sum, Long> latencies = new TreeMap<>();

  void add(TenantId tenant, EntryColumns entry) {
    add(tenant, Dimension.KIND, entry.kind(), entry);
    if (entry.agentId() != null && entry.toAgent() != null) {
      add(tenant, Dimension.HANDOVER, entry.agentId() + "\n" + entry.toAgent(), entry);
    }
    if (entry.isDecision()) {
      add(tenant, Dimension.ALL, "", entry);
      add(tenant, Dimension.AGENT, text(entry.agentId()), entry);
      add(tenant, Dimension.RULE, rule(entry), entry);
      add(tenant, Dimension.ACTION, cut(entry.action()), entry);
      add(tenant, Dimension.TIER, text(entry.trustTier()), entry);
      if (entry.latencyUs() != null) {
        String bucket = String.valueOf(LatencyBuckets.of(entry.latencyUs()));
        for (ChronoUnit unit : List.of(ChronoUnit.HOURS, ChronoUnit.DAYS)) {
          latencies.merge(sum(tenant, "", unit, entry, bucket), 1L, Long::sum);
        }
      }
    }
  }

  private void add(TenantId tenant, Dimension dimension, String key, EntryColumns entry) {
    for (ChronoUnit unit : List.of(ChronoUnit.HOURS, ChronoUnit.DAYS)) {
      Added added =
          sums.computeIfAbsent(sum(tenant, dimension.text(), unit, entry, key), s -> new Added());
      added.total++;
      switch (text(entry.decision())) {
        case "allow" -> added.allow++;
        case "deny" -> added.deny++;
        case "pending_approval" -> added.pending++;
        default -> {}
      }
      if (entry.latencyUs() != null) {
        added.latencySum += entry.latencyUs();
        added.latencyCount++;
        added.latencyMax = Math.max(added.latencyMax, entry.latencyUs());
      }
      added.lastAt = entry.decidedAt().isAfter(added.lastAt) ? entry.decidedAt() : added.lastAt;
    }
  }

  private static Sum sum(
      TenantId tenant, String dimension, ChronoUnit unit, EntryColumns entry, String key) {
    return new Sum(
        tenant.value(),
        dimension,
        unit == ChronoUnit.HOURS ? "h" : "d",
        entry.decidedAt().truncatedTo(unit),
        key);
  }

  private static String rule(EntryColumns entry) {
    return entry.policy() == null ? "" : cut(entry.policy()) + "\n" + cut(entry.rule());
  }

  static String cut(@Nullable String text) {
    // Code points, as left() in the schema counts.
    String whole = text(text);
    return whole.codePointCount(0, whole.length()) <= KEY_LENGTH
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, KEY_LENGTH));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Tenants, dimensions, spans, times, keys, and eight columns of sums. */
  Tuple sums() {
    Tuple tuple = keys(sums);
    addNumbers(tuple, added -> added.total);
    addNumbers(tuple, added -> added.allow);
    addNumbers(tuple, added -> added.deny);
    addNumbers(tuple, added -> added.pending);
    addNumbers(tuple, added -> added.latencySum);
    addNumbers(tuple, added -> added.latencyCount);
    addNumbers(tuple, added -> added.latencyMax);
    return tuple.addArrayOfOffsetDateTime(
        sums.values().stream().map(added -> utc(added.lastAt)).toArray(OffsetDateTime[]::new));
  }

  /** Tenants, dimensions, spans, times, buckets as text, and how many. */
  Tuple latencies() {
    return keys(latencies).addArrayOfLong(latencies.values().toArray(Long[]::new));
  }

  boolean hasLatencies() {
    return !latencies.isEmpty();
  }

  private void addNumbers(Tuple tuple, Function<Added, Long> number) {
    tuple.addArrayOfLong(sums.values().stream().map(number).toArray(Long[]::new));
  }

  private static Tuple keys(Map<Sum, ?> of) {
    return Tuple.tuple()
        .addArrayOfString(of.keySet().stream().map(Sum::tenant).toArray(String[]::new))
        .addArrayOfString(of.keySet().stream().map(Sum::dimension).toArray(String[]::new))
        .addArrayOfString(of.keySet().stream().map(Sum::span).toArray(String[]::new))
        .addArrayOfOffsetDateTime(
            of.keySet().stream().map(sum -> utc(sum.at())).toArray(OffsetDateTime[]::new))
        .addArrayOfString(of.keySet().stream().map(Sum::key).toArray(String[]::new));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
