package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.Findings;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full costs answers, and never a record. */
class DiskFullIT {
  private final Stack stack = SharedStack.get();
  private final Ledger ledger = new Ledger();
  @TempDir Path directory;

  @AfterEach
  void mends() {
    stack.up(step -> {});
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

  private Answer ask(String base, Tenant tenant) {
    Answer answer = Tenant.check(base, tenant.agentToken(), "read:orders", "{}");
    ledger.note(answer);
    return answer;
  }

  private void assertBorneOut(Tenant tenant) {
    Findings findings = Shipping.awaitSearchable(tenant, ledger);
    assertTrue(findings.clean(), findings::toString);
  }

  private static Tenant readOnlyTenant() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    return tenant;
  }
}
