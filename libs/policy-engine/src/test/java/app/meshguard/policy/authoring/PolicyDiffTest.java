package app.meshguard.policy.authoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.policy.authoring.PolicyDiff.Change;
import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {
  private static final String BEFORE =
      """
      name: refunds
      appliesTo: {tags: [support]}
      rules:
        - {name: refund-small, action: "write:refund", effect: allow, conditions: ["request.amount <= 50"]}
        - {name: refund-large, action: "write:refund", effect: deny, reason: Escalate}
        - {action: "read:orders", effect: allow}
        - {action: "read:customers", effect: allow}
      """;

  private static PolicyDocument document(String yaml) {
    ParsedDocuments parsed = PolicyDocuments.parse(yaml);
    assertEquals(List.of(), parsed.errors());
    return parsed.documents().getFirst();
  }

  private static List<String> words(String before, String after) {
    return PolicyDiff.between(document(before), document(after)).stream()
        .map(change -> change.kind().text() + " " + change.words())
        .toList();
  }

  @Test
  void saysNothingWhereNothingChanged() {
    assertEquals(List.of(), words(BEFORE, "# a comment more\n" + BEFORE));
  }

  @Test
  void saysWhatBecameOfACondition() {
    assertEquals(
        List.of(
            "changed rule 'refund-small': the condition request.amount <= 50 became"
                + " request.amount <= 100"),
        words(BEFORE, BEFORE.replace("<= 50", "<= 100")));
    assertEquals(
        List.of("changed rule 'refund-small': the condition time.hour < 18 was added"),
        words(BEFORE, BEFORE.replace("<= 50\"", "<= 50\", \"time.hour < 18\"")));
  }

  @Test
  void saysWhatWasAddedAndRemoved() {
    assertEquals(
        List.of(
            "removed rule 'allow-read:orders' was removed: allow read:orders",
            "added rule 'notes' was added: allow write:note when request.amount <= 50"),
        words(
            BEFORE,
            BEFORE.replace(
                "- {action: \"read:orders\", effect: allow}",
                "- {name: notes, action: \"write:note\", effect: allow, conditions:"
                    + " [\"request.amount <= 50\"]}")));
  }

  @Test
  void tellsARuleWhoseEffectChangedFromANewOne() {
    assertEquals(
        List.of("changed rule 'deny-read:orders': the effect allow became deny"),
        words(
            BEFORE,
            BEFORE.replace("\"read:orders\", effect: allow", "\"read:orders\", effect: deny")));
  }

  @Test
  void tellsFewestMovedRules() {
    String customers = "  - {action: \"read:customers\", effect: allow}\n";
    assertEquals(
        List.of("moved rule 'allow-read:customers' moved from place 4 to place 1"),
        words(BEFORE, BEFORE.replace(customers, "").replace("rules:\n", "rules:\n" + customers)));
  }

  @Test
  void seesThroughMadeNamesThatShift() {
    assertEquals(
        List.of("added rule 'allow-x' was added: allow x when b == 2"),
        words(
            "name: p\nrules: [{action: x, effect: allow, conditions: [a == 1]}]",
            "name: p\nrules: [{action: x, effect: allow, conditions: [b == 2]}, {action: x, effect:"
                + " allow, conditions: [a == 1]}]"));
  }

  @Test
  void saysWhatChangedOfThePolicy() {
    assertEquals(
        List.of(
            "changed the version 1 became 2",
            "changed appliesTo.trustTiers [trusted] was added",
            "changed appliesTo.tags [support] became [eu, support]",
            "changed the enforcement enforce became dry_run",
            "changed combining narrowest became first-match",
            "changed the time zone Europe/Berlin was added",
            "changed the default effect deny became allow",
            "changed delegation up to depth 2 was added",
            "changed the limit on all calls 5 in 1m was added"),
        words(
            BEFORE,
            BEFORE.replace("{tags: [support]}", "{tags: [support, eu], trustTiers: [trusted]}")
                + """
                version: 2
                enforcement: dry_run
                combining: first-match
                timezone: Europe/Berlin
                defaultEffect: allow
                delegation: {maxDepth: 2}
                rateLimits: {requestsPerMinute: 5}
                """));
  }

  @Test
  void saysWhatChangedOfInheritance() {
    assertEquals(
        List.of(
            "changed extends common was added",
            "changed abstract false became true",
            "changed the default effect deny became allow"),
        words(
            "name: p\nrules: [{action: x, effect: allow}]",
            "name: p\nextends: common\nabstract: true\ndefaultEffect: allow\nrules: [{action: x,"
                + " effect: allow}]"));
  }

  @Test
  void saysWhatChangedAroundARule() {
    assertEquals(
        List.of(
            "changed rule 'r': the action read:a became read:b",
            "changed rule 'r': the reason 'no' was added",
            "changed rule 'r': the audit level detailed was added",
            "changed rule 'r': notify ciso was added",
            "changed rule 'r': the obligation redact [ssn] became [iban]"),
        words(
            "name: p\nrules: [{name: r, action: 'read:a', effect: allow, obligations: {redact:"
                + " [ssn]}}]",
            "name: p\nrules: [{name: r, action: 'read:b', effect: allow, reason: 'no', audit:"
                + " {level: detailed, notify: [ciso]}, obligations: {redact: [iban]}}]"));
  }

  @Test
  void isFitForJson() {
    Change change =
        PolicyDiff.between(document(BEFORE), document(BEFORE.replace("Escalate", "Ask")))
            .getFirst();

    assertEquals(
        Map.of(
            "kind",
            "changed",
            "rule",
            "refund-large",
            "words",
            "rule 'refund-large': the reason 'Escalate' became 'Ask'"),
        change.toMap());
  }
}
