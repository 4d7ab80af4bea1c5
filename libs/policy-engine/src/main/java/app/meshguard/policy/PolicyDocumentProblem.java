package app.meshguard.policy;

import app.meshguard.policy.document.PolicyProblem;

/** What is wrong with a policy among the others of its tenant, at its place in its own document. */
public record PolicyDocumentProblem(String policy, PolicyProblem problem) {
  @Override
  public String toString() {
    return policy + " " + problem;
  }
}
