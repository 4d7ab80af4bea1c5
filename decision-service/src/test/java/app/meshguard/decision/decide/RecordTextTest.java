package app.meshguard.decision.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.SignedBundles;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.bundle.TestBundles;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.CredentialKind;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.policy.AuditDirective;
import app.meshguard.policy.Effect;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.document.Obligations;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.RevocationsSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bytes that leave here are the bytes that the audit-service takes and hashes. */
class RecordTextTest {
  private static final String AGENT = "agent_0123456789abcdef";

  private final RecordText records = new RecordText(TestBundles.replica("decision-1"), "0.2.0");

  @Test
  void writesTheGoldenDecision() throws IOException {
    String written =
        new String(records.decision("decision", decided(), 180), StandardCharsets.UTF_8);
    assertEquals(golden("decision-record-v1.json"), written);
  }

  @Test
  void writesTheGoldenOutcome() throws IOException {
    String written =
        new String(
            records.outcome(
                decided(),
                Instant.parse("2026-11-20T10:15:30.323456Z"),
                new OutcomeFigures(31, null, 120, 2048, "ab".repeat(32), 200)),
            StandardCharsets.UTF_8);
    assertEquals(golden("outcome-record-v1.json"), written);
  }

  private static Decided decided() {
    Caller caller =
        new Caller(
            bundle(),
            Objects.requireNonNull(bundle().directory().agentById(AGENT)),
            CredentialKind.AGENT_TOKEN,
            "jti_or_key_id");
    Map<String, Object> context =
        JsonReading.object(
            "{\"card\":\"4111 1111 1111 1111\",\"amount\":50.01}".getBytes(StandardCharsets.UTF_8));
    AgentCall call =
        new AgentCall(
            new Identification.Identified(caller),
            "write:refund",
            "order-7",
            context,
            "t-1",
            null,
            Surface.CHECK,
            false,
            false,
            Runnable::run,
            0);
    Verdict verdict =
        new Verdict(
            Effect.DENY,
            "rule",
            "small-biz-support-policy",
            3,
            "deny-write:refund",
            "Escalate to business owner",
            "Escalate to business owner",
            List.of(),
            new AuditDirective("standard", List.of(), Map.of()),
            Obligations.NONE,
            List.of());
    return new Decided(
        call,
        caller,
        "dec_01JD0000000000000000000000",
        verdict,
        false,
        false,
        null,
        null,
        120,
        Instant.parse("2026-11-20T10:15:30.123456Z"),
        null,
        null,
        null);
  }

  private static TenantBundle bundle() {
    DirectorySection.Settings settings =
        new DirectorySection.Settings("Shop", "free", "UTC", "enforce", 900, Map.of(), Map.of());
    AgentEntry agent =
        new AgentEntry(
            AGENT,
            "support-bot",
            "verified",
            "low",
            List.of("support", "small-business"),
            List.of(),
            "ann@example.com",
            "support",
            Map.of(),
            "active",
            0,
            null);
    return TestBundles.compile(
        new SignedBundles.Bundle(
            new PoliciesSection(1, ExampleTenant.ID, 4, List.of()),
            new DirectorySection(
                1, ExampleTenant.ID, 9, settings, List.of(agent), List.of(), List.of()),
            new RevocationsSection(1, ExampleTenant.ID, 0, List.of())));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        RecordTextTest.class.getResourceAsStream("/app/meshguard/wire/evidence/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
