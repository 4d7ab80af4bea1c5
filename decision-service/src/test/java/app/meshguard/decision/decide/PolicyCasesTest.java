package app.meshguard.decision.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.SignedBundles;
import app.meshguard.decision.approval.TestApprovals;
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
import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestFile;
import app.meshguard.policy.authoring.TestFile.PolicyTest;
import app.meshguard.policy.value.DurationText;
import app.meshguard.policy.value.RiskLevel;
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
import java.time.ZoneOffset;
import java.util.HashMap;
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

  private static void replay(Path path) throws IOException {
    PolicyTests.Parsed parsed = PolicyTests.parse(Files.readString(path));
    assertEquals(List.of(), parsed.errors());
    TestFile file = Objects.requireNonNull(parsed.file());
    for (PolicyTest test : file.tests()) {
      if (!test.call().delegation().isEmpty()) {
        // A chain counts only from a receipt that MeshGuard signed: a caller cannot bring one.
        continue;
      }
      Map<String, Object> recorded = decide(file, test);
      String told = path.getFileName() + ": " + test.name();
      test.expected().forEach((name, expected) -> check(name, expected, recorded, told));
    }
  }

  private static void check(
      String name, Object expected, Map<String, Object> recorded, String told) {
    switch (name) {
      case "decision", "code", "policy", "rule", "reason" ->
          assertEquals(String.valueOf(expected), String.valueOf(recorded.get(name)), told);
      case "audit" -> {
        Map<String, Object> audit = object(recorded.get("audit"));
        audit.keySet().retainAll(object(expected).keySet());
        assertEquals(canonical(expected), canonical(audit), told);
      }
      case "obligations" ->
          assertEquals(canonical(expected), canonical(recorded.get("obligations")), told);
      case "limits" -> assertEquals(expected, limits(recorded), told);
      default -> throw new IllegalArgumentException("nothing compares " + name);
    }
  }

  /** As a test says them. */
  private static List<String> limits(Map<String, Object> recorded) {
    return ((List<?>) recorded.get("limits"))
        .stream().map(PolicyCasesTest::object).map(PolicyCasesTest::limit).toList();
  }

  private static String limit(Map<String, Object> limit) {
    String key = limit.containsKey("key") ? " for " + limit.get("key") : "";
    Object amount = limit.containsKey("amount") ? limit.get("amount") + " of " : "";
    return limit.get("policy")
        + "/"
        + limit.get("rule")
        + ": "
        + amount
        + limit.get("limit")
        + " in "
        + DurationText.parse(String.valueOf(limit.get("window")))
        + key;
  }

  private static Map<String, Object> decide(TestFile file, PolicyTest test) throws IOException {
    Agent agent = agent(test);
    TenantBundle bundle = bundle(file, agent, test.call());
    Bundles bundles = TestBundles.holding(bundle, Clock.systemUTC());
    DecisionTime time =
        new DecisionTime(Optional.empty(), Clock.fixed(test.call().time(), ZoneOffset.UTC));
    Decider decider =
        new Decider(
            bundles,
            request -> CompletableFuture.completedFuture(new LimitResult.Taken()),
            new DecisionLog(
                journal,
                new RecordText(TestBundles.replica("decision-1"), "0.2.0"),
                new DecisionMeter(new SimpleMeterRegistry()),
                request -> CompletableFuture.completedFuture(true)),
            TestApprovals.ids(),
            time,
            new Mode("enforce"),
            new Explanations());
    Caller caller =
        new Caller(
            bundle,
            Objects.requireNonNull(bundle.directory().agent(agent.id())),
            CredentialKind.AGENT_TOKEN,
            "jti");
    AgentCall asked =
        new AgentCall(
            new Identification.Identified(caller),
            test.call().action(),
            test.call().resource(),
            test.call().context(),
            "t-1",
            null,
            Surface.CHECK,
            false,
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

  private static Agent agent(PolicyTest test) {
    return switch (test.caller()) {
      case TestFile.Described described -> described.agent();
      case TestFile.Named named ->
          throw new IllegalStateException("a case describes its agents: " + named.name());
    };
  }

  private static TenantBundle bundle(TestFile file, Agent agent, Call call) throws IOException {
    Path place = Files.createTempDirectory(folder, "bundles");
    new SignedBundles(place)
        .write(
            new SignedBundles.Bundle(
                new PoliciesSection(1, ExampleTenant.ID, 1, policies(file)),
                new DirectorySection(
                    1,
                    ExampleTenant.ID,
                    1,
                    settings(Objects.requireNonNullElse(file.tenant(), TenantRules.DEFAULT)),
                    List.of(entry(agent)),
                    List.of(),
                    List.of(target(call))),
                new RevocationsSection(1, ExampleTenant.ID, 1, List.of())));
    return TestBundles.load(place, ExampleTenant.ID);
  }

  private static List<PublishedPolicy> policies(TestFile file) {
    return file.policies().stream()
        .map(
            document ->
                new PublishedPolicy(document.name(), document.name(), 1, document.text(), null))
        .toList();
  }

  private static DirectorySection.Settings settings(TenantRules tenant) {
    Map<String, List<String>> ceilings = new HashMap<>();
    tenant.ceilings().forEach((tier, patterns) -> ceilings.put(tier.text(), patterns));
    Map<String, DirectorySection.FloorEntry> floors = new HashMap<>();
    tenant
        .floors()
        .forEach(
            (level, floor) ->
                floors.put(
                    level.text(),
                    new DirectorySection.FloorEntry(
                        floor.callsPerMinute(),
                        floor.requireApproval(),
                        floor.except(),
                        floor.exactRuleSuffices())));
    return new DirectorySection.Settings(
        "Case", "free", tenant.timezone().getId(), "enforce", 900, ceilings, floors);
  }

  private static AgentEntry entry(Agent agent) {
    RiskLevel risk = agent.riskLevel();
    return new AgentEntry(
        agent.id(),
        agent.name(),
        agent.trustTier().text(),
        risk == null ? null : risk.text(),
        List.copyOf(agent.tags()),
        List.copyOf(agent.roles()),
        agent.owner(),
        agent.department(),
        agent.metadata(),
        agent.suspended() ? "suspended" : "active",
        0,
        null);
  }

  /** What a case says of {@code env.*} comes to a policy by way of the target. */
  private static TargetEntry target(Call call) {
    return new TargetEntry(
        "target", "target", "https://example.com", true, "also", List.of(), Map.of(), call.env());
  }

  private static String canonical(Object value) {
    return new String(new JsonText().value(value).toBytes(), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
