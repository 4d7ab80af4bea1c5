package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.Findings;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full costs answers, and never a record. */
class DiskFullIT {
  private static final int AFTER_IT_IS_FULL = 50;

  private final Stack stack = SharedStack.get();
  private final Ledger ledger = new Ledger();
  @TempDir Path directory;

  @AfterEach
  void mends() {
    stack.up(step -> {});
  }

  @Test
  void aFullJournalDiskAnswers503AndRecoversWithRoomOrWithTheAuditService() throws Exception {
    Tenant tenant = readOnlyTenant();
    try (SmallDisk disk = SmallDisk.mountedAt(directory.resolve("journal"), 1_200);
        DecisionReplica replica = stack.addDecisionReplica(journalOn(disk))) {
      String base = SharedStack.address(replica.url());
      stack.kill(Part.AUDIT);

      askUntilFull(base, tenant);
      disk.grow(2_400);
      Await.until(() -> "decisions after room was made", () -> ask(base, tenant).status() == 200);

      askUntilFull(base, tenant);
      stack.start(Part.AUDIT);
      Await.until(() -> "decisions after shipping", () -> ask(base, tenant).status() == 200);
      Shipping.awaitQuiet(base);
    }
    assertBorneOut(tenant);
  }

  @Test
  void aFullDiskOfTheAuditLogHoldsShippingUpAndNoDecision() throws Exception {
    Tenant tenant = readOnlyTenant();
    try (SmallDisk disk = SmallDisk.mountedAt(directory.resolve("log"), 256 << 10);
        AuditDatabase database = AuditDatabase.movedTo(disk, stack)) {
      disk.fill();
      for (int i = 0; i < 3_000; i++) {
        assertEquals(200, ask(SharedStack.base(), tenant).status());
      }
      String replica = SharedStack.address(stack.url(Part.DECISION));
      Await.until(
          () -> "records that the audit log has no room for", () -> Shipping.lag(replica) > 0);
      assertEquals(200, ask(SharedStack.base(), tenant).status());

      disk.makeRoom();
      Shipping.awaitQuiet(replica);
      assertBorneOut(tenant);
    }
  }

  /** Asks until the disk is full, and then some more: nothing is answered that has no record. */
  private void askUntilFull(String base, Tenant tenant) {
    Answer answer = ask(base, tenant);
    while (answer.status() == 200) {
      answer = ask(base, tenant);
    }
    assertEquals(503, answer.status(), answer::toString);
    assertEquals("evidence_unavailable", answer.problem());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    for (int i = 0; i < AFTER_IT_IS_FULL; i++) {
      ask(base, tenant);
    }
  }

  private Answer ask(String base, Tenant tenant) {
    Answer answer = Tenant.check(base, tenant.agentToken(), "read:orders", "{}");
    ledger.note(answer);
    return answer;
  }

  private void assertBorneOut(Tenant tenant) {
    Findings findings = Shipping.awaitSearchable(tenant, ledger);
    assertTrue(findings.clean(), findings::toString);
  }

  private static Map<String, String> journalOn(SmallDisk disk) {
    return Map.of(
        "meshguard.journal.directory",
        disk.directory().resolve("files").toString(),
        "meshguard.journal.segment-bytes",
        "262144",
        "meshguard.journal.keep",
        "0s");
  }

  private static Tenant readOnlyTenant() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    return tenant;
  }
}
