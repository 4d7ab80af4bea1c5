package app.meshguard.bench.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Decisions as a journal holds them: canonical JSON of 500 bytes each, of many tenants in turn. */
final class DecisionRecords {
  static final int BYTES = 500;

  private static final String RECORD =
      "{\"action\":\"read:orders\",\"agent\":{\"id\":\"agent_%s\",\"name\":\"order-bot\","
          + "\"trustTier\":\"verified\"},\"code\":\"rule\",\"context\":{\"note\":\"%s\"},"
          + "\"decidedAt\":\"%s\",\"decision\":\"%s\",\"decisionId\":\"dec_%016d\",\"format\":1,"
          + "\"kind\":\"decision\",\"latencyUs\":180,\"policy\":\"shop\",\"policyRevision\":3,"
          + "\"reason\":\"Orders may be read\",\"resource\":\"order-4711\",\"rule\":\"allow-reads\","
          + "\"tenantId\":\"%s\",\"traceId\":\"bench-%016d\"}";

  private final List<String> tenants;
  private long made;

  /**
   * Records whose ids nobody else makes.
   *
   * @param first number of the first one
   */
  DecisionRecords(List<String> tenants, long first) {
    this.tenants = List.copyOf(tenants);
    this.made = first;
  }

  /** So many records, each on a line of its own. */
  byte[] next(int records) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(records * (BYTES + 1));
    String now = Instant.now().toString();
    for (int i = 0; i < records; i++) {
      lines.writeBytes(record(now).getBytes(StandardCharsets.UTF_8));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private String record(String now) {
    long n = made++;
    String tenant = tenants.get((int) (n % tenants.size()));
    String agent = tenant.substring("org_".length());
    String decision = n % 5 == 0 ? "deny" : "allow";
    String bare = RECORD.formatted(agent, "", now, decision, n, tenant, n);
    int missing = Math.max(0, BYTES - bare.length());
    return RECORD.formatted(agent, "x".repeat(missing), now, decision, n, tenant, n);
  }
}
