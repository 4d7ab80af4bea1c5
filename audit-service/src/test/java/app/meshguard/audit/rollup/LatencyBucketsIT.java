package app.meshguard.audit.rollup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@RunningAuditService
class LatencyBucketsIT {
  @Inject OwnerView owner;

  @Test
  void areTheSameInTheDatabaseAndNeverTooLow() {
    List<Long> latencies =
        LongStream.concat(
                LongStream.rangeClosed(0, 1_000),
                LongStream.iterate(1_001, l -> l < 1L << 40, l -> l * 17 / 16 + 1))
            .boxed()
            .toList();
    String sql =
        "SELECT latency_bucket(l) FROM unnest(ARRAY["
            + latencies.stream().map(String::valueOf).collect(Collectors.joining(","))
            + "]::bigint[]) WITH ORDINALITY AS t (l, n) ORDER BY n";

    List<Integer> inDatabase = owner.asOwner(sql, row -> row.getInt(1));

    assertEquals(latencies.stream().map(LatencyBuckets::of).toList(), inDatabase);
    for (long latency : latencies) {
      long told = LatencyBuckets.upperEnd(LatencyBuckets.of(latency));
      assertTrue(told >= latency && told - latency <= latency / 32, latency + "");
    }
  }
}
