package app.meshguard.bench.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * A month of decisions as journals hold them: a fifth of one tenant, twenty agents a tenant, four
 * fifths allowed, traces of five, latencies that spread. The same number makes the same record.
 */
final class History {
  static final Duration LENGTH = Duration.ofDays(30);
  static final int AGENTS = 20;
  private static final int TRACE = 5;
  private static final List<String> ACTIONS =
      List.of("read:orders", "read:customers", "write:refund", "write:orders", "send:mail");
  private static final List<String> REASONS =
      List.of(
          "Orders may be read by support",
          "Refunds above fifty need the owner",
          "Mail to customers is limited to ten an hour");

  private static final String RECORD =
      "{\"action\":\"%s\",\"agent\":{\"id\":\"%s\",\"name\":\"bot-%d\",\"trustTier\":\"verified\"},"
          + "\"code\":\"rule\",\"context\":{\"amount\":%d,\"channel\":\"chat\"},\"decidedAt\":\"%s\","
          + "\"decision\":\"%s\",\"decisionId\":\"dec_%026d\",\"enforced\":true,\"engine\":\"0.2.0\","
          + "\"format\":1,\"kind\":\"decision\",\"latencyUs\":%d,\"mode\":\"enforce\","
          + "\"policy\":\"support\",\"policyRevision\":3,\"reason\":\"%s\",\"replica\":\"bench\","
          + "\"resource\":\"order-%d\",\"rule\":\"rule-%d\",\"surface\":\"check\",\"tenantId\":\"%s\","
          + "\"traceId\":\"%s\"}\n";

  private final List<LogTenant> tenants;
  private final Instant end;
  private final long size;

  History(List<LogTenant> tenants, Instant end, long size) {
    this.tenants = List.copyOf(tenants);
    this.end = end;
    this.size = size;
  }

  /** The records from one number to before another, each on a line. */
  byte[] lines(long from, long to) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream((int) (to - from) * 640);
    for (long number = from; number < to; number++) {
      lines.writeBytes(record(number).getBytes(StandardCharsets.UTF_8));
    }
    return lines.toByteArray();
  }

  /** Every fifth record is the first tenant's: one log is longer than the others. */
  LogTenant tenantOf(long number) {
    return tenants.get(indexOf(number));
  }

  private int indexOf(long number) {
    return number % 5 == 0 ? 0 : 1 + (int) (ofOthers(number) % (tenants.size() - 1));
  }

  private static long ofOthers(long number) {
    return number / 5 * 4 + number % 5 - 1;
  }

  private String record(long number) {
    Random random = new Random(number);
    LogTenant tenant = tenantOf(number);
    int agent = random.nextInt(AGENTS);
    int action = random.nextInt(ACTIONS.size());
    int latency = (int) (60 + Math.exp(4 + 1.2 * random.nextGaussian()));
    return RECORD.formatted(
        ACTIONS.get(action),
        agent(tenant, agent),
        agent,
        random.nextInt(5_000),
        end.minusMillis((size - number) * LENGTH.toMillis() / size),
        random.nextInt(5) == 0 ? "deny" : "allow",
        number,
        latency,
        REASONS.get(random.nextInt(REASONS.size())),
        random.nextInt(1_000_000),
        action,
        tenant.id(),
        trace(number));
  }

  /** The trace of a record: that of the tenant's records right before and after it. */
  String trace(long number) {
    int tenant = indexOf(number);
    long ofTenant = tenant == 0 ? number / 5 : ofOthers(number) / (tenants.size() - 1);
    return "trace-%d-%d".formatted(tenant, ofTenant / TRACE);
  }

  static String agent(LogTenant tenant, int number) {
    return "agent_%s%02d".formatted(tenant.id().substring("org_".length(), 18), number);
  }
}
