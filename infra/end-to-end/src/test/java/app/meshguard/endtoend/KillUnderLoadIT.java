package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise: a decision that was answered has its one record, whatever dies. The second test
 * plants the fault that the first must be able to find.
 */
class KillUnderLoadIT {
  private static final int KILLS = Boolean.getBoolean("meshguard.full") ? 50 : 5;
  private static final int ANSWERS_BETWEEN_KILLS = 300;
  private static final int CALLERS = 8;

  @Test
  void everyAnsweredDecisionIsInTheLogExactlyOnce() {
    // Given a tenant, and callers that never stop
    Stack stack = SharedStack.get();
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    Ledger ledger = new Ledger();
    // When the decision-service is killed under them, again and again
    try (Load load = new Load(CALLERS, ledger, () -> tenant.check("read:orders"))) {
      for (int kill = 0; kill < KILLS; kill++) {
        awaitMoreAnswers(ledger);
        stack.kill(Part.DECISION);
        stack.start(Part.DECISION);
      }
      awaitMoreAnswers(ledger);
    }
    // Then nothing that was answered is missing, doubled or told otherwise
    Ledger.Findings findings = Shipping.awaitComplete(tenant, ledger);
    assertTrue(findings.clean(), findings::toString);
    assertEquals(ledger.size(), findings.answered());
  }

  @Test
  void findsAJournalThatAnswersBeforeItHasWritten(@TempDir Path directory) {
    // Given a replica whose journal is broken on purpose
    Stack stack = SharedStack.get();
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(Policies.READ_ONLY);
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.profile", "test");
    settings.put("meshguard.journal.directory", directory.toString());
    settings.put("meshguard.journal.planted-fault", "answer-before-write");
    Ledger ledger = new Ledger();
    // When it is killed under load and started again on the same journal
    for (int kill = 0; kill < 3; kill++) {
      DecisionReplica replica = stack.addDecisionReplica(settings);
      String base = SharedStack.address(replica.url());
      try (Load load =
          new Load(
              CALLERS,
              ledger,
              () -> Tenant.check(base, tenant.agentToken(), "read:orders", "{}"))) {
        awaitMoreAnswers(ledger);
        replica.kill();
      }
    }
    try (DecisionReplica last = stack.addDecisionReplica(settings)) {
      Shipping.awaitQuiet(SharedStack.address(last.url()));
    }
    // Then the harness says so
    Ledger.Findings findings = ledger.against(tenant.auditLog());
    assertTrue(findings.lost() > 0, () -> "the planted fault went unnoticed: " + findings);
  }

  private static void awaitMoreAnswers(Ledger ledger) {
    int before = ledger.size();
    Await.until(
        () -> "answers after the first " + before,
        () -> ledger.size() >= before + ANSWERS_BETWEEN_KILLS);
  }
}
