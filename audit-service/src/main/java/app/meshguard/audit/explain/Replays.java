package app.meshguard.audit.explain;

import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tenants.TenantServiceClient;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has the tenant-service, which keeps every revision of every policy, decide again. */
@ApplicationScoped
class Replays {
  private static final Logger LOG = Logger.getLogger(Replays.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final TenantServiceClient tenants;

  @Inject
  Replays(TenantServiceClient tenants) {
    this.tenants = tenants;
  }

  /**
   * Explains an entry.
   *
   * @throws Refused when there is nothing to explain, or nobody to ask
   */
  PastDecision explain(TenantId tenant, String id, LogEntry entry) {
    byte[] record = entry.record();
    if (record == null) {
      throw conflict(
          entry.damaged()
              ? "The entry's payload is not what its leaf commits to, so what was decided on is not"
                  + " known."
              : "The entry was erased: what was decided on is destroyed. The decision itself is"
                  + " still in the entry.");
    }
    JsonNode decision = PastDecision.read(record);
    String kind = decision.path("kind").asText();
    if (!kind.equals("decision") && !kind.equals("refusal")) {
      throw conflict(
          "Only a decision can be explained, and this entry is of kind "
              + kind
              + (kind.equals("outcome")
                  ? ". Explain its decision, " + decision.path("decisionId").asText() + "."
                  : "."));
    }
    TenantServiceClient.Answer answer =
        tenants.post("/internal/replays/" + tenant, record, TIMEOUT);
    try {
      return switch (answer.status()) {
        case 200 -> PastDecision.of(id, entry.index(), decision, answer.body());
        case 400, 404, 409, 422 -> throw conflict(why(answer.body()));
        default -> throw new IOException("status " + answer.status());
      };
    } catch (IOException e) {
      LOG.warnf("a replay failed: %s", e.getMessage());
      throw new Refused(
          ProblemCode.UNAVAILABLE, "The decision cannot be decided again now. Try again.");
    }
  }

  private static String why(byte[] problem) {
    String detail;
    try {
      detail = PastDecision.read(problem).path("detail").asText("");
    } catch (IllegalStateException e) {
      detail = "";
    }
    return "The decision cannot be decided again: "
        + (detail.isEmpty() ? "the tenant-service does not say why." : detail);
  }

  private static Refused conflict(String detail) {
    return new Refused(ProblemCode.CONFLICT, detail);
  }
}
