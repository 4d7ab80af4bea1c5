package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is found in one document, with its places. */
final class Findings {
  private final PolicyDocument document;
  private final Places places;
  private final List<Finding> findings = new ArrayList<>();

  Findings(PolicyDocument document) {
    this.document = document;
    this.places = new Places(document);
  }

  List<Finding> all() {
    return findings;
  }

  /** Of the whole policy, at one of its keys. */
  void ofPolicy(LintCode code, String key, String message) {
    Places.Place place = places.ofKey(key);
    findings.add(new Finding(document.name(), null, place.line(), place.column(), code, message));
  }

  /** Of a rule, at one of its keys where it has it. */
  void ofRule(LintCode code, Rule rule, String key, String message) {
    add(code, rule, places.ofRule(rule, key), message);
  }

  /** Of one condition of a rule. */
  void ofCondition(LintCode code, Rule rule, int condition, String message) {
    add(code, rule, places.ofCondition(rule, condition), message);
  }

  private void add(LintCode code, Rule rule, Places.Place place, String message) {
    findings.add(
        new Finding(document.name(), rule.name(), place.line(), place.column(), code, message));
  }
}
