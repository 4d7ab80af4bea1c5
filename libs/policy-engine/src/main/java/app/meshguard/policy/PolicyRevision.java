package app.meshguard.policy;

import app.meshguard.policy.document.PolicyDocument;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it was applied: immutable, counted up at each apply.
 *
 * @param canary the revision that a share of the agents has instead; null where there is none
 */
public record PolicyRevision(
    String name, int revision, PolicyDocument document, @Nullable Canary canary) {
  /** A revision that is for all agents. */
  public PolicyRevision(String name, int revision, PolicyDocument document) {
    this(name, revision, document, null);
  }
}
