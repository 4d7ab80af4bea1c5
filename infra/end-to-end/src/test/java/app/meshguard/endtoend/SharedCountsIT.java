package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one replica promised, the other knows: budgets that both spend, approvals that wait. */
class SharedCountsIT {
  private static final String POLICY =
      """
      name: payments
      rules:
        - action: "write:payment"
          effect: allow
          conditions: ["budget(request.amount, 100, '1d', request.payer)"]
        - action: "write:letter"
          effect: require_approval
          reason: "A person signs letters"
          obligations: {approvers: ["ann@example.com"], expires_in: 30m}
      """;

  private static DecisionReplica second;
  private static List<String> replicas;

  @BeforeAll
  static void startsASecondReplica() {
    Stack stack = SharedStack.get();
    second = stack.addDecisionReplica(Map.of());
    replicas =
        List.of(SharedStack.address(stack.url(Part.DECISION)), SharedStack.address(second.url()));
  }

  @AfterAll
  static void endsIt() {
    second.close();
  }

  @Test
  void twoReplicasNeverSpendMoreThanTheBudget() throws Exception {
    Tenant tenant = tenant();
    BigDecimal spent = BigDecimal.ZERO;
    int calls = 60;
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String replica = replicas.get(i % 2);
        String amount = amount(i).toPlainString();
        answers.add(callers.submit(() -> pay(tenant, replica, amount)));
      }
      for (int i = 0; i < calls; i++) {
        Answer answer = answers.get(i).get();
        assertEquals(200, answer.status(), answer::toString);
        if (answer.isAllowed()) {
          spent = spent.add(amount(i));
        } else {
          assertEquals("budget_exceeded", answer.text("code"), answer::toString);
        }
      }
    }
    BigDecimal rest = new BigDecimal(100).subtract(spent);
    assertTrue(rest.signum() >= 0, "spent " + spent);
    String more = rest.add(new BigDecimal("0.01")).toPlainString();
    for (String replica : replicas) {
      assertEquals("budget_exceeded", pay(tenant, replica, more).text("code"));
    }
    assertTrue(pay(tenant, replicas.getLast(), rest.toPlainString()).isAllowed());
  }

  private static BigDecimal amount(int call) {
    return BigDecimal.valueOf(101 + call * 37 % 400, 2);
  }

  private static Answer pay(Tenant tenant, String replica, String amount) {
    return Tenant.check(
        replica,
        tenant.agentToken(),
        "write:payment",
        "{\"payer\":\"ann\",\"amount\":%s}".formatted(amount));
  }

  @Test
  void everyReplicaAnswersForAnApprovalAndTheLogFindsIt() {
    Tenant tenant = tenant();
    Answer waits = Tenant.check(replicas.getFirst(), tenant.agentToken(), "write:letter", "{}");
    assertEquals("pending_approval", waits.text("decision"), waits::toString);
    String id = waits.text("approvalId");
    for (String base : List.of(replicas.getFirst(), replicas.getLast(), tenant.base())) {
      Answer approval = approval(base, tenant.agentToken(), id);
      assertEquals(200, approval.status(), approval::toString);
      assertEquals("pending", approval.text("status"));
      assertEquals(waits.text("decisionId"), approval.text("decisionId"));
      assertEquals("A person signs letters", approval.text("reason"));
    }
    String other = tenant.createAgent("other").path("token").asText();
    assertEquals(404, approval(tenant.base(), other, id).status());
    assertEquals(404, approval(tenant.base(), tenant().agentToken(), id).status());
    Await.until(
        () -> "the decision in the log",
        () -> {
          JsonNode entries =
              tenant.admin("GET", "/admin/audit?approvalId=" + id, "").body().path("entries");
          return entries.size() == 1
              && entries.get(0).path("decisionId").asText().equals(waits.text("decisionId"));
        });
  }

  private static Answer approval(String base, String token, String id) {
    return Http.json("GET", base + "/v1/approvals/" + id, "", "Authorization", "Bearer " + token);
  }

  private static Tenant tenant() {
    Tenant tenant = Tenant.signUp(SharedStack.base());
    tenant.apply(POLICY);
    return tenant;
  }
}
