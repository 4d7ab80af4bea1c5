package app.meshguard.audit.tenants;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What tenants have settled about their logs. An answer is used for ten seconds; a failure is never
 * remembered, and nothing is guessed in its place: what needs the settings fails.
 */
@ApplicationScoped
public class TenantSettings {
  private static final Logger LOG = Logger.getLogger(TenantSettings.class);
  private static final long LIFETIME_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration ONE = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofMinutes(2);
  private static final int BOUND = 10_000;

  private final TenantServiceClient tenants;
  private final ObjectMapper json;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<TenantId, Known> known = new ConcurrentHashMap<>();

  private record Known(AuditSettings settings, long askedAt) {}

  @Inject
  TenantSettings(TenantServiceClient tenants, ObjectMapper json) {
    this.tenants = tenants;
    this.json = json;
    this.nanoTime = System::nanoTime;
  }

  /**
   * The settings of one tenant.
   *
   * @throws Refused as unavailable, when they cannot be had
   */
  public AuditSettings of(TenantId tenant) {
    long now = nanoTime.getAsLong();
    Known answer = known.get(tenant);
    if (answer == null || now - answer.askedAt() >= LIFETIME_NANOS) {
      answer = new Known(read(tenants.get("/internal/audit-settings/" + tenant, ONE)), now);
      if (known.size() >= BOUND) {
        known.clear();
      }
      known.put(tenant, answer);
    }
    return answer.settings();
  }

  private AuditSettings read(TenantServiceClient.Answer answer) {
    if (answer.status() != 200) {
      throw TenantServiceClient.unavailable("it answered " + answer.status(), null);
    }
    try {
      return json.readValue(answer.body(), AuditSettings.class);
    } catch (IOException e) {
      throw TenantServiceClient.unavailable("its answer cannot be read", e);
    }
  }

  /**
   * The settings of all tenants there are.
   *
   * @throws Refused as unavailable, when they cannot be had
   */
  public Map<TenantId, AuditSettings> ofAll() {
    TenantServiceClient.Answer answer = tenants.get("/internal/audit-settings", ALL);
    if (answer.status() != 200) {
      throw TenantServiceClient.unavailable("it answered " + answer.status(), null);
    }
    Map<TenantId, AuditSettings> all = new LinkedHashMap<>();
    new String(answer.body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> add(line, all));
    return all;
  }

  private void add(String line, Map<TenantId, AuditSettings> all) {
    try {
      AuditSettings settings = json.readValue(line, AuditSettings.class);
      all.put(new TenantId(String.valueOf(settings.tenantId())), settings);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // One tenant whose settings cannot be read keeps everything; the others go on.
      LOG.errorf("the audit settings of a tenant cannot be read: %s", e.getClass().getSimpleName());
    }
  }
}
