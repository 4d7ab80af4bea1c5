package app.meshguard.local.demo;

import app.meshguard.local.demo.Play.Scene;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the audit entries of the calls that were played and compares them with the answers. */
final class AuditProof {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private AuditProof() {}

  /** The entries of one scene. */
  record Proof(Scene scene, List<JsonNode> entries) {

    /** One entry for each call, no more and no less, and each says what the answer said. */
    boolean holds() {
      return entries.size() == scene.times() && entries.stream().allMatch(this::agrees);
    }

    private boolean agrees(JsonNode entry) {
      if (!scene.caller().name().equals(entry.path("agentName").asText())
          || !scene.call().action().equals(entry.path("action").asText())) {
        return false;
      }
      // A credential that is refused is recorded as a denial: there is no 401 in the log.
      return scene.got().equals(Verdict.REFUSED)
          ? "deny".equals(entry.path("decision").asText())
          : scene.got().equals(Verdict.of(entry));
    }
  }

  /** Entries follow the answers within moments: waits until they are there, or patience ends. */
  static List<Proof> of(List<Scene> scenes) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var proofs = proofsNow(scenes);
      var complete =
          proofs.stream().allMatch(proof -> proof.entries().size() >= proof.scene().times());
      if (complete || System.nanoTime() - deadline > 0) {
        return proofs;
      }
      Thread.sleep(PAUSE);
    }
  }

  private static List<Proof> proofsNow(List<Scene> scenes) {
    var entriesByTrace = new HashMap<DemoTenant, Map<String, List<JsonNode>>>();
    var proofs = new ArrayList<Proof>();
    for (var scene : scenes) {
      var ofTenant =
          entriesByTrace.computeIfAbsent(scene.caller().tenant(), AuditProof::entriesByTrace);
      proofs.add(new Proof(scene, ofTenant.getOrDefault(scene.traceId(), List.of())));
    }
    return proofs;
  }

  private static Map<String, List<JsonNode>> entriesByTrace(DemoTenant tenant) {
    return tenant.audit().stream()
        .collect(Collectors.groupingBy(entry -> entry.path("traceId").asText()));
  }
}
