package app.meshguard.decision.approval;

import app.meshguard.identity.SecretsKey;
import app.meshguard.testsupport.TestKeys;

/** Approvals of a deployment that exists for tests. */
public final class TestApprovals {
  private TestApprovals() {}

  public static ApprovalIds ids() {
    return new ApprovalIds(SecretsKey.load(TestKeys.deployment().secretsKey()));
  }
}
