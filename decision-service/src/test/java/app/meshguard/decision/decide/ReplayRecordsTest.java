package app.meshguard.decision.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.SignedBundles;
import app.meshguard.decision.bundle.KnownAgent;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.bundle.TestBundles;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.CredentialKind;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Verdict;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.DirectorySection.FloorEntry;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedCanary;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import app.meshguard.wire.bundle.RevocationsSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The records of many kinds of decisions, as this service writes them. They are kept in the
 * contract, where the tenant-service's test decides each of them again.
 */
class ReplayRecordsTest {
  private static final String FOLDER = "/app/meshguard/wire/evidence/replay/";
  private static final Path KEPT =
      Path.of("../libs/wire-contracts/src/main/resources" + FOLDER + "records-v1.ndjson");
  private static final Instant FRIDAY = Instant.parse("2026-11-20T10:15:30.123456Z");
  private static final Instant SUNDAY = Instant.parse("2026-11-22T10:15:30.123456Z");

  private final RecordText records = new RecordText(TestBundles.replica("decision-1"), "0.2.0");
  private final TenantBundle bundle = bundle();
  private final List<String> written = new ArrayList<>();

  @Test
  void writesTheRecordsThatAreReplayed() throws IOException {
    decide("support-bot", "write:refund", "{\"amount\":60}");
    decide("support-bot", "write:refund", "{\"amount\":60.01}");
    decide("support-bot", "write:refund", "{\"amount\":1000.5}");
    decide("support-bot", "write:refund", "{}");
    decide("support-bot", "write:refund", "{\"amount\":\"60\"}");
    limited("support-bot", "write:refund", "{\"amount\":5}", 0, Duration.ofMillis(31_200));
    decide("buyer-bot", "buy:paper", "{\"price\":12.50}");
    limited("buyer-bot", "buy:paper", "{\"price\":70}", 0, Duration.ofHours(5));
    limited("buyer-bot", "buy:paper", "{\"price\":700}", 0, null);
    limited("buyer-bot", "buy:paper", "{\"price\":1}", 1, Duration.ofMinutes(2));
    for (String agent : List.of("support-bot", "buyer-bot", "intern", "risky", "critical")) {
      decide(agent, "read:orders", "{\"note\":\"a\\u0001b\",\"big\":123456789012345678901234}");
      decide(agent, "read:secrets", "{}");
      decide(agent, "send:mail", "{}");
      decide(agent, "list:orders", "{\"n\":[1,2.50,null,{\"deep\":true}]}");
    }
    decide("support-bot", "read:payroll", "{}");
    decideAt(SUNDAY, "support-bot", "read:payroll", null, "{}");
    decide("support-bot", "deploy:app", "{}");
    decide("support-bot", "export:report", "{}");
    decide("support-bot", "look_up", "{}");
    decide("support-bot", "tool:close_account", "{}");
    decide("support-bot", "tool:delete_account", "{}");
    decide("support-bot", "delegate:task", "{}");
    decide("support-bot", "write:nothing", "{}");
    decide("suspended", "read:orders", "{}");
    Map<String, Object> own = Map.of("id", "doc-1", "owner", "support-bot");
    decideAt(FRIDAY, "support-bot", "read:document", own, "{\"purpose\":\"answer\"}");
    decideAt(FRIDAY, "support-bot", "read:document", own, "{}");
    decideAt(FRIDAY, "support-bot", "read:document", "doc-1", "{\"purpose\":\"answer\"}");

    String all = String.join("\n", written) + "\n";
    if (Boolean.getBoolean("meshguard.golden.write")) {
      Files.writeString(KEPT, all);
    }
    assertEquals(
        Files.readString(KEPT),
        all,
        "records are written otherwise: run this test with -Dmeshguard.golden.write=true, and"
            + " PastDecisionIT of the tenant-service, which decides each of them again");
  }

  private void decide(String agent, String action, String context) {
    decideAt(FRIDAY, agent, action, null, context);
  }

  private void decideAt(
      Instant at, String agent, String action, @Nullable Object resource, String context) {
    write(at, agent, action, resource, context, -1, null);
  }

  private void limited(
      String agent, String action, String context, int claim, @Nullable Duration wait) {
    write(FRIDAY, agent, action, null, context, claim, wait);
  }

  private void write(
      Instant at,
      String agent,
      String action,
      @Nullable Object resource,
      String contextText,
      int claim,
      @Nullable Duration wait) {
    KnownAgent known = Objects.requireNonNull(bundle.directory().agent(agent));
    Map<String, Object> context = JsonReading.object(contextText.getBytes(StandardCharsets.UTF_8));
    Call asked =
        new Call(action, resource, context, at, Map.of(), bundle.facts(), bundle.directory().env());
    AgentPolicies policies = bundle.policiesOf(known);
    Verdict verdict = policies.evaluate(asked);
    byte[] trace = RecordedTrace.of(verdict, policies, asked);
    if (claim >= 0) {
      verdict = verdict.rateLimited(verdict.limits().get(claim), wait);
    }
    Caller caller = new Caller(bundle, known, CredentialKind.AGENT_TOKEN, "jti_or_key_id");
    AgentCall call =
        new AgentCall(
            new Identification.Identified(caller),
            action,
            resource,
            context,
            "t-1",
            null,
            Surface.CHECK,
            false,
            false,
            Runnable::run,
            0);
    Decided decided =
        new Decided(
            call,
            caller,
            "dec_01JD%022d".formatted(written.size()),
            verdict,
            false,
            claim < 0 && verdict.isAllowed() && !verdict.limits().isEmpty(),
            null,
            null,
            120,
            at,
            null,
            trace,
            null);
    written.add(new String(records.decision("decision", decided, 180), StandardCharsets.UTF_8));
  }

  private static TenantBundle bundle() {
    DirectorySection.Settings settings =
        new DirectorySection.Settings(
            "Acme",
            "free",
            "Europe/Berlin",
            "enforce",
            900,
            Map.of("basic", List.of("list:*")),
            Map.of("high", new FloorEntry(null, List.of("*"), List.of("read:*"), false)));
    List<AgentEntry> agents =
        List.of(
            agent("support-bot", "verified", "low", "support", "active"),
            agent("buyer-bot", "trusted", "medium", "buyer", "active"),
            agent("intern", "basic", null, "support", "active"),
            agent("risky", "verified", "high", "none", "active"),
            agent("critical", "privileged", "critical", "none", "active"),
            agent("suspended", "verified", null, "support", "suspended"));
    TargetEntry target =
        new TargetEntry(
            "target_1",
            "t",
            "https://api.example.com",
            true,
            "also",
            List.of(),
            Map.of(),
            Map.of("stage", "production"));
    return TestBundles.compile(
        new SignedBundles.Bundle(
            new PoliciesSection(1, ExampleTenant.ID, 4, policies()),
            new DirectorySection(
                1, ExampleTenant.ID, 9, settings, agents, List.of(), List.of(target)),
            new RevocationsSection(1, ExampleTenant.ID, 0, List.of())));
  }

  private static AgentEntry agent(
      String name, String tier, @Nullable String risk, String tag, String status) {
    return new AgentEntry(
        "agent_" + name,
        name,
        tier,
        risk,
        List.of(tag),
        List.of("worker"),
        "ann@example.com",
        "support",
        Map.of("floor", 3, "api_key", "not to be recorded"),
        status,
        0,
        null);
  }

  private static List<PublishedPolicy> policies() {
    List<PublishedPolicy> policies = new ArrayList<>();
    for (PolicyDocument document : documents("policies.yaml")) {
      String name = document.name();
      policies.add(
          switch (name) {
            case "refunds" -> published(name, 2, text("refunds-2.yaml"), null);
            case "mail" ->
                published(
                    name, 1, document.text(), new PublishedCanary(2, text("mail-2.yaml"), 50));
            default -> published(name, 1, document.text(), null);
          });
    }
    return policies;
  }

  private static PublishedPolicy published(
      String name, int revision, String text, @Nullable PublishedCanary canary) {
    return new PublishedPolicy("policy_" + name, name, revision, text, canary);
  }

  private static List<PolicyDocument> documents(String name) {
    return PolicyDocuments.parse(text(name)).documents();
  }

  private static String text(String name) {
    try (InputStream in = ReplayRecordsTest.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
