package app.meshguard.audit.report;

import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tenants.TenantServiceClient;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.PoliciesSection;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** The policies that a tenant has in force, as the tenant-service publishes them to replicas. */
@ApplicationScoped
class PolicyNames {
  private static final Logger LOG = Logger.getLogger(PolicyNames.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TenantServiceClient tenants;
  private final ObjectMapper json;

  @Inject
  PolicyNames(TenantServiceClient tenants, ObjectMapper json) {
    this.tenants = tenants;
    this.json = json;
  }

  /** Their names; empty when the tenant-service does not tell: the report goes on without. */
  Optional<SortedSet<String>> inForce(TenantId tenant) {
    try {
      TenantServiceClient.Answer answer =
          tenants.get("/internal/bundles/" + tenant + "/policies", TIMEOUT);
      if (answer.status() == 200) {
        SortedSet<String> names = new TreeSet<>();
        json.readValue(answer.body(), PoliciesSection.class)
            .policies()
            .forEach(policy -> names.add(policy.name()));
        return Optional.of(names);
      }
      LOG.warnf("the tenant-service answered %d for the policies in force", answer.status());
    } catch (Refused e) {
      LOG.warnf("the policies in force are not known: %s", e.getMessage());
    } catch (IOException e) {
      LOG.warn("the policies in force cannot be read", e);
    }
    return Optional.empty();
  }
}
