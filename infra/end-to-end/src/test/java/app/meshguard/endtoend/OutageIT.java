package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.chaos.client.Answer;
import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on, and what is refused, while a part of the stack is away. */
class OutageIT {
  private static final int DECISIONS = 200;

  private final Stack stack = SharedStack.get();

  @AfterEach
  void mends() {
    stack.up(step -> {});
  }

  @Test
  void decidesWithoutTheAuditServiceAndTheLogIsCompleteAfterwards() {
    Tenant tenant = readOnlyTenant();
    Ledger ledger = new Ledger();
    stack.kill(Part.AUDIT);
    for (int i = 0; i < DECISIONS; i++) {
      Answer answer = tenant.check("read:orders");
      assertTrue(answer.isAllowed(), answer::toString);
      ledger.note(answer);
    }
    stack.start(Part.AUDIT);
    assertTrue(Shipping.awaitComplete(tenant, ledger).clean());
  }

  @Test
  void decidesWithoutPostgresUnlessALimitMustBeCounted() {
    Tenant tenant = readOnlyTenant();
    tenant.apply(Policies.LIMITED);
    assertTrue(tenant.check("write:email").isAllowed());
    Ledger ledger = new Ledger();
    stack.stopPostgres();
    try {
      for (int i = 0; i < DECISIONS; i++) {
        Answer answer = tenant.check("read:orders");
        assertTrue(answer.isAllowed(), answer::toString);
        ledger.note(answer);
      }
      Answer limited = tenant.check("write:email");
      assertEquals(503, limited.status(), limited::toString);
      assertEquals("limit_unavailable", limited.problem());
    } finally {
      stack.startPostgres();
    }
    Await.until(
        () -> "limits after PostgreSQL is back", () -> tenant.check("write:email").isAllowed());
    assertTrue(Shipping.awaitComplete(tenant, ledger).clean());
  }

  @Test
  void answers503WithAFullJournalAndRecoversWithoutARestart(@TempDir Path directory) {
    Tenant tenant = readOnlyTenant();
    Map<String, String> small =
        Map.of(
            "meshguard.journal.directory", directory.toString(),
            "meshguard.journal.segment-bytes", "65536",
            "meshguard.journal.max-bytes", "262144");
    try (DecisionReplica replica = stack.addDecisionReplica(small)) {
      String base = SharedStack.address(replica.url());
      Ledger ledger = new Ledger();
      stack.kill(Part.AUDIT);
      Answer full = ask(base, tenant);
      while (full.status() == 200) {
        ledger.note(full);
        full = ask(base, tenant);
      }
      assertEquals(503, full.status(), full::toString);
      assertEquals("evidence_unavailable", full.problem());
      assertTrue(full.headers().firstValue("Retry-After").isPresent());
      stack.start(Part.AUDIT);
      Await.until(() -> "the replica to decide again", () -> ask(base, tenant).status() == 200);
      Shipping.awaitQuiet(base);
      assertTrue(ledger.against(tenant.auditLog()).clean());
    }
  }

  private static Answer ask(String base, Tenant tenant) {
    return Tenant.check(base, tenant.agentToken(), "read:orders", "{}");
  }

  private static Tenant readOnlyTenant() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    return tenant;
  }
}
