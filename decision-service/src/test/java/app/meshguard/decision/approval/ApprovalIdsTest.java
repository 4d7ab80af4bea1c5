package app.meshguard.decision.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.identity.SecretsKey;
import app.meshguard.wire.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalIdsTest {
  private static final Instant CREATED = Instant.parse("2026-11-20T10:00:00Z");
  private static final Approval APPROVAL =
      new Approval(
          "agent_1",
          "dec_01JD0000000000000000000000",
          "write:letter",
          "letter-7",
          "p",
          3,
          "require_approval-write:letter",
          "A person signs letters – always",
          List.of("ann@example.com", "legal"),
          CREATED,
          CREATED.plusSeconds(3600));

  private final ApprovalIds ids = TestApprovals.ids();

  @Test
  void anotherReplicaReadsWhatOneSealed() {
    String id = ids.seal(ExampleTenant.ID, APPROVAL);

    assertEquals(Optional.of(APPROVAL), TestApprovals.ids().open(ExampleTenant.ID, id));
  }

  @Test
  void namesTheDecision() {
    assertTrue(ids.seal(ExampleTenant.ID, APPROVAL).startsWith("apr_01JD0000000000000000000000_"));
  }

  @Test
  void readsNothingOfAnotherTenantDeploymentOrDecision() {
    String id = ids.seal(ExampleTenant.ID, APPROVAL);
    byte[] key = new byte[32];

    assertEquals(Optional.empty(), ids.open(new TenantId("org_abcdefghijklmnop"), id));
    assertEquals(Optional.empty(), new ApprovalIds(new SecretsKey(key)).open(ExampleTenant.ID, id));
    assertEquals(Optional.empty(), ids.open(ExampleTenant.ID, id.replace("01JD00", "01JD01")));
  }

  @Test
  void readsNothingThatWasChangedOrMadeUp() {
    String id = ids.seal(ExampleTenant.ID, APPROVAL);
    for (int i = 0; i < id.length() - 1; i++) {
      char other = id.charAt(i) == 'A' ? 'B' : 'A';
      String changed = id.substring(0, i) + other + id.substring(i + 1);
      assertEquals(Optional.empty(), ids.open(ExampleTenant.ID, changed), "character " + i);
    }
    for (String text : List.of("", "apr_", "apr_x_y", "dec_01JD0000000000000000000000", "é")) {
      assertEquals(Optional.empty(), ids.open(ExampleTenant.ID, text));
    }
  }

  @Test
  void staysShortEnoughForARequestLine() {
    String long_ = "é😀".repeat(2_000);
    Approval large =
        new Approval(
            "agent_1",
            APPROVAL.decisionId(),
            long_.substring(0, 512),
            long_,
            long_,
            3,
            long_,
            long_,
            Collections.nCopies(100, long_),
            CREATED,
            CREATED.plusSeconds(60));

    String id = ids.seal(ExampleTenant.ID, large);

    assertTrue(id.length() < 3_900, () -> id.length() + " characters");
    Approval read = ids.open(ExampleTenant.ID, id).orElseThrow();
    assertEquals(10, read.approvers().size());
    assertTrue(read.action().endsWith("…"));
  }

  @Test
  void expiresAtItsLastMoment() {
    assertFalse(APPROVAL.isExpiredAt(APPROVAL.expiresAt().minusNanos(1)));
    assertTrue(APPROVAL.isExpiredAt(APPROVAL.expiresAt()));
  }
}
