package app.meshguard.tenant.engine;

import app.meshguard.policy.PolicyDocumentProblem;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.document.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What would be in force: the policies that are, with those of a text put in place of their
 * namesakes. They have revision 0.
 */
public record Draft(List<PolicyDocument> documents) {
  public Draft {
    documents = List.copyOf(documents);
  }

  /** What would be in force if the draft were applied and {@code removed} deleted. */
  public List<PolicyRevision> over(List<PolicyRevision> inForce, Set<String> removed) {
    Set<String> replaced =
        documents.stream().map(PolicyDocument::name).collect(Collectors.toUnmodifiableSet());
    List<PolicyRevision> together = new ArrayList<>();
    for (PolicyRevision policy : inForce) {
      if (!replaced.contains(policy.name()) && !removed.contains(policy.name())) {
        together.add(policy);
      }
    }
    documents.forEach(document -> together.add(new PolicyRevision(document.name(), 0, document)));
    return together;
  }

  /** What is wrong with policies only when they are seen together. */
  public static List<PolicyDocumentProblem> problems(List<PolicyRevision> together) {
    List<PolicyDocument> all = new ArrayList<>();
    for (PolicyRevision policy : together) {
      all.add(policy.document());
      if (policy.canary() != null) {
        all.add(policy.canary().document());
      }
    }
    return PolicySet.check(all);
  }
}
