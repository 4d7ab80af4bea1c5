package app.meshguard.decision.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.SignedBundles;
import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.bundle.TestBundles;
import app.meshguard.decision.credential.Caller;
import app.meshguard.decision.credential.CredentialKind;
import app.meshguard.decision.credential.Identification;
import app.meshguard.decision.evidence.Journal;
import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.json.JsonReading;
import app.meshguard.decision.json.JsonText;
import app.meshguard.decision.limit.LimitResult;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.DirectorySection.AgentEntry;
import app.meshguard.wire.bundle.DirectorySection.TargetEntry;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import app.meshguard.wire.bundle.RevocationsSection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The policy engine's own cases, through the whole kernel: from a signed bundle on disk to the
 * record on disk. What the engine's tests say is decided is what is recorded.
 */
class PolicyCasesTest {
  private static final Path CASES = Path.of("../libs/policy-engine/src/test/resources/cases");
  private static final String NOON = "2026-11-20T12:00:00Z";

  @TempDir static Path folder;
  private static JournalDirectory directory;
  private static Journal journal;

  @BeforeAll
  static void openJournal() throws IOException {
    directory = JournalDirectory.open(folder.resolve("journal"));
    journal =
        Journal.open(
            directory.id(),
            directory.storage(),
            new Journal.Limits(1 << 20, 1 << 24, Duration.ofSeconds(30), Duration.ZERO),
            0,
            Clock.systemUTC());
  }

  @AfterAll
  static void closeJournal() throws IOException {
    journal.close();
    directory.close();
  }

  @TestFactory
  Stream<DynamicTest> recordsWhatTheCasesSay() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(CASES)) {
      files = all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
    return files.stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
  }

  private static void replay(Path file) throws IOException {
    Map<String, Object> given = CaseYaml.read(file);
    for (Object item : (List<?>) given.get("calls")) {
      Map<String, Object> call = object(item);
      if (call.containsKey("delegation")) {
        // A chain counts only from a receipt that MeshGuard signed: a caller cannot bring one.
        continue;
      }
      Map<String, Object> recorded = decide(given, call);
      String told = file.getFileName() + ": " + call.get("action");
      assertEquals(call.get("expect"), recorded.get("decision"), told);
      for (String field : List.of("code", "policy", "rule", "reason")) {
        if (call.containsKey(field)) {
          assertEquals(String.valueOf(call.get(field)), String.valueOf(recorded.get(field)), told);
        }
      }
      if (call.containsKey("audit")) {
        object(recorded.get("audit")).keySet().retainAll(object(call.get("audit")).keySet());
        assertEquals(canonical(call.get("audit")), canonical(recorded.get("audit")), told);
      }
      if (call.containsKey("obligations")) {
        assertEquals(
            canonical(call.get("obligations")), canonical(recorded.get("obligations")), told);
      }
    }
  }

  private static Map<String, Object> decide(Map<String, Object> given, Map<String, Object> call)
      throws IOException {
    TenantBundle bundle = bundle(given, call);
    Bundles bundles = TestBundles.holding(bundle, Clock.systemUTC());
    DecisionTime time =
        new DecisionTime(
            Optional.empty(),
            Clock.fixed(
                Instant.parse(String.valueOf(call.getOrDefault("at", NOON))), ZoneOffset.UTC));
    Decider decider =
        new Decider(
            bundles,
            request -> CompletableFuture.completedFuture(new LimitResult.Taken()),
            journal,
            new RecordText(TestBundles.replica("decision-1"), "0.2.0"),
            time,
            new DecisionMeter(new SimpleMeterRegistry()),
            new Mode("enforce"));
    Caller caller =
        new Caller(
            bundle,
            Objects.requireNonNull(bundle.directory().agent(agentId(given))),
            CredentialKind.AGENT_TOKEN,
            "jti");
    AgentCall asked =
        new AgentCall(
            new Identification.Identified(caller),
            String.valueOf(call.get("action")),
            call.get("resource"),
            call.containsKey("context") ? object(call.get("context")) : Map.of(),
            "t-1",
            Surface.CHECK,
            false,
            Runnable::run,
            System.nanoTime());
    long before = journal.forcedPosition();
    decider.decide(asked).join();
    try (JournalReader reader = journal.readerFrom(before + 1)) {
      return JsonReading.object(
          new String(Objects.requireNonNull(reader.next(1, 1)).body(), StandardCharsets.UTF_8)
              .strip()
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static TenantBundle bundle(Map<String, Object> given, Map<String, Object> call)
      throws IOException {
    Map<String, Object> tenant =
        given.containsKey("tenant") ? object(given.get("tenant")) : Map.of();
    Path place = Files.createTempDirectory(folder, "bundles");
    new SignedBundles(place)
        .write(
            new SignedBundles.Bundle(
                new PoliciesSection(1, ExampleTenant.ID, 1, policies(given.get("policies"))),
                new DirectorySection(
                    1,
                    ExampleTenant.ID,
                    1,
                    settings(tenant),
                    List.of(agent(given)),
                    List.of(),
                    List.of(target(call))),
                new RevocationsSection(1, ExampleTenant.ID, 1, List.of())));
    return TestBundles.load(place, ExampleTenant.ID);
  }

  private static List<PublishedPolicy> policies(Object policies) {
    List<PublishedPolicy> published = new ArrayList<>();
    for (Object text : policies instanceof List<?> list ? list : List.of(policies)) {
      for (PolicyDocument document : PolicyDocuments.parse(String.valueOf(text)).documents()) {
        published.add(new PublishedPolicy(document.name(), document.name(), 1, document.text()));
      }
    }
    return published;
  }

  private static DirectorySection.Settings settings(Map<String, Object> tenant) {
    Map<String, List<String>> ceilings = new java.util.HashMap<>();
    if (tenant.containsKey("ceilings")) {
      object(tenant.get("ceilings")).forEach((tier, list) -> ceilings.put(tier, texts(list)));
    }
    return new DirectorySection.Settings(
        "Case",
        "free",
        String.valueOf(tenant.getOrDefault("timezone", "UTC")),
        "enforce",
        900,
        Integer.parseInt(String.valueOf(tenant.getOrDefault("mediumRiskPerMinute", "600"))),
        ceilings);
  }

  private static AgentEntry agent(Map<String, Object> given) {
    Map<String, Object> agent = given.containsKey("agent") ? object(given.get("agent")) : Map.of();
    return new AgentEntry(
        agentId(given),
        String.valueOf(agent.getOrDefault("name", "case-agent")),
        String.valueOf(agent.getOrDefault("trustTier", "verified")),
        text(agent, "riskLevel"),
        texts(agent.get("tags")),
        texts(agent.get("roles")),
        text(agent, "owner"),
        text(agent, "department"),
        agent.containsKey("metadata") ? object(agent.get("metadata")) : Map.of(),
        Boolean.TRUE.equals(agent.get("suspended")) ? "suspended" : "active",
        0,
        null);
  }

  private static String agentId(Map<String, Object> given) {
    Map<String, Object> agent = given.containsKey("agent") ? object(given.get("agent")) : Map.of();
    return String.valueOf(agent.getOrDefault("id", "agent_0123456789abcdef"));
  }

  /** What a case says of {@code env.*} comes to a policy by way of the target. */
  private static TargetEntry target(Map<String, Object> call) {
    return new TargetEntry(
        "target",
        "target",
        "https://example.com",
        true,
        "also",
        List.of(),
        Map.of(),
        call.containsKey("env") ? object(call.get("env")) : Map.of());
  }

  private static String text(Map<String, Object> map, String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf).orElse(null);
  }

  private static List<String> texts(Object list) {
    return list == null ? List.of() : ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static String canonical(Object value) {
    return new String(new JsonText().value(value).toBytes(), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
