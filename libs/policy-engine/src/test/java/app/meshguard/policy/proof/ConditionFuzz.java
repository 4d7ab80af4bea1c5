package app.meshguard.policy.proof;

import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as the condition of a rule: it is refused, or decides any call in time. */
class ConditionFuzz {
  static Stream<byte[]> conditions() {
    return IntStream.range(0, 200)
        .mapToObj(seed -> new RandomConditions(Choices.seeded(seed), Words.USUAL, true).any(true))
        .map(condition -> condition instanceof Expr expr ? expr.text() : "len(a) > 1 AND x IN [1]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("conditions")
  @FuzzTest(maxDuration = "3s")
  void isReadOrRefused(byte[] bytes) {
    String condition = new String(bytes, StandardCharsets.UTF_8);
    String yaml =
        "name: p\nrules: [{action: '*', effect: allow, conditions: " + quoted(condition) + "}]\n";
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    if (parsed.errors().isEmpty()) {
      PolicySet set =
          PolicySet.compile(
              parsed.documents().stream().map(d -> new PolicyRevision(d.name(), 1, d)).toList(),
              TenantRules.DEFAULT);
      FuzzedCalls.decideInTime(set.forAgent(FuzzedCalls.AGENT), condition);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\R", " ") + "'";
  }
}
