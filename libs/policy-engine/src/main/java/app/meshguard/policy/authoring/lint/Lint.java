package app.meshguard.policy.authoring.lint;

import app.meshguard.policy.Agent;
import app.meshguard.policy.document.PolicyDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for what can be read but is hardly meant. */
public final class Lint {
  private Lint() {}

  /**
   * What looks wrong in the documents, in their order.
   *
   * @param around all other documents of the tenant: attributes that these use are known; one of
   *     the same name as a document that is looked at is taken as its earlier revision
   * @param agents those of the tenant; null where they are not known, and then nothing is said that
   *     depends on them
   */
  public static List<Finding> of(
      Collection<PolicyDocument> documents,
      Collection<PolicyDocument> around,
      @Nullable Collection<Agent> agents) {
    Map<String, PolicyDocument> all = new LinkedHashMap<>();
    around.forEach(document -> all.put(document.name(), document));
    documents.forEach(document -> all.put(document.name(), document));
    AttributeUses uses = AttributeUses.of(all.values(), agents == null ? List.of() : agents);
    List<Finding> findings = new ArrayList<>();
    for (PolicyDocument document : documents) {
      Findings of = new Findings(document);
      new RuleLint(of).look(document);
      new ConditionLint(of, uses).look(document);
      new PolicyLint(of, agents).look(document);
      findings.addAll(
          of.all().stream()
              .sorted(
                  Comparator.comparingInt(Finding::line)
                      .thenComparingInt(Finding::column)
                      .thenComparing(Finding::code))
              .toList());
    }
    return List.copyOf(findings);
  }

  /** The same for documents that stand alone. */
  public static List<Finding> of(Collection<PolicyDocument> documents) {
    return of(documents, List.of(), null);
  }
}
