package app.meshguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case file decides as it says. */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TestFactory
  Stream<DynamicNode> everyCaseDecidesAsItSays() throws IOException {
    return CaseFile.readAll(CASES).stream()
        .map(
            file ->
                dynamicContainer(
                    file.name(),
                    IntStream.range(0, file.calls().size())
                        .mapToObj(
                            i ->
                                dynamicTest(
                                    (i + 1) + " " + file.calls().get(i).call().action(),
                                    () -> check(file, file.calls().get(i))))));
  }

  static PolicySet compile(List<String> texts, TenantRules tenant) {
    List<PolicyRevision> revisions = new ArrayList<>();
    for (String text : texts) {
      ParsedDocuments parsed = PolicyDocuments.parse(text);
      assertEquals(List.of(), parsed.errors());
      parsed.documents().forEach(d -> revisions.add(new PolicyRevision(d.name(), 1, d)));
    }
    return PolicySet.compile(revisions, tenant);
  }

  private static void check(CaseFile file, CaseFile.Expected expected) {
    AgentPolicies policies = compile(file.policies(), file.tenant()).forAgent(file.agent());

    Verdict verdict = policies.evaluate(expected.call());

    assertEquals(expected.expect(), verdict.effect().text(), verdict::toString);
    check(expected.code(), verdict.code());
    check(expected.policy(), String.valueOf(verdict.policy()));
    check(expected.rule(), String.valueOf(verdict.rule()));
    check(expected.reason(), String.valueOf(verdict.reason()));
    check(expected.limits(), verdict.limits().stream().map(CasesTest::limit).toList());
    check(expected.obligations(), verdict.obligations().toMap());
    if (expected.audit() != null) {
      assertEquals(expected.audit(), audit(verdict.audit(), expected.audit()));
    }
  }

  private static void check(Object expected, Object actual) {
    if (expected != null) {
      assertEquals(expected, actual);
    }
  }

  private static String limit(LimitClaim claim) {
    String key = claim.key() == null ? "" : " for " + claim.key();
    return claim.policy()
        + "/"
        + claim.rule()
        + ": "
        + claim.limit()
        + " in "
        + claim.window()
        + key;
  }

  /** The parts of the directive that the case speaks of. */
  private static Map<String, Object> audit(AuditDirective directive, Map<String, Object> asked) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("level", directive.level());
    all.put("notify", directive.notified());
    all.put("context", directive.context());
    all.keySet().retainAll(asked.keySet());
    return all;
  }

  @Test
  void refusesAnUnknownField() {
    assertThrows(
        IllegalArgumentException.class, () -> CaseFile.parse("name: x\nexpected: allow\n"));
  }

  @Test
  void refusesAnEmptyFolder(@TempDir Path folder) {
    assertThrows(IllegalStateException.class, () -> CaseFile.readAll(folder));
  }
}
