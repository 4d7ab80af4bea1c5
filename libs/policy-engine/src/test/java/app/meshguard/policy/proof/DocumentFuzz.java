package app.meshguard.policy.proof;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a file of policies: an answer with places, never an exception; and what is accepted
 * decides and explains any call in time.
 */
class DocumentFuzz {
  static Stream<byte[]> documents() throws IOException {
    try (Stream<Path> files = Files.list(FuzzedCalls.CASES)) {
      return files.sorted().map(DocumentFuzz::policies).toList().stream();
    }
  }

  /** The policies of a case file, which stand in it as an indented block. */
  private static byte[] policies(Path file) {
    try {
      String text = Files.readString(file);
      int start = text.indexOf("policies: |\n") + 12;
      StringBuilder policies = new StringBuilder();
      text.substring(start)
          .lines()
          .takeWhile(line -> line.startsWith("  "))
          .forEach(line -> policies.append(line.substring(2)).append('\n'));
      return policies.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @MethodSource("documents")
  @FuzzTest(maxDuration = "3s")
  void isReadOrRefused(byte[] bytes) {
    String yaml = new String(bytes, StandardCharsets.UTF_8);
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    for (PolicyProblem problem : parsed.errors()) {
      if (problem.line() < 1 || problem.column() < 1 || problem.message().isBlank()) {
        throw new AssertionError(problem);
      }
    }
    List<PolicyDocument> documents = parsed.documents();
    if (parsed.errors().isEmpty() && PolicySet.check(documents).isEmpty()) {
      decide(documents, yaml);
    }
  }

  private static void decide(List<PolicyDocument> documents, String yaml) {
    PolicySet set =
        PolicySet.compile(
            documents.stream().map(d -> new PolicyRevision(d.name(), 1, d)).toList(),
            TenantRules.DEFAULT);
    AgentPolicies policies = set.forAgent(FuzzedCalls.AGENT);
    FuzzedCalls.decideInTime(policies, yaml);
    policies.explain(FuzzedCalls.CALLS.getFirst()).toMap();
  }
}
