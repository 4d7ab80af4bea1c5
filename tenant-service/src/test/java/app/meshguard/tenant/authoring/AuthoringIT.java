package app.meshguard.tenant.authoring;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenantService
class AuthoringIT {
  private static final String REFUNDS =
      """
      name: refunds
      rules:
        - name: small
          action: write:refund
          effect: allow
          conditions:
            - "request.amount <= 50"
            - "rate_limit(10, '1m')"
        - action: read:*
          effect: allow
      """;

  private TestTenant tenant;

  @BeforeEach
  void signUp() {
    tenant = TestTenant.signUp();
  }

  private Response yaml(String path, String text) {
    return tenant
        .admin()
        .contentType("application/yaml")
        .body(text.getBytes(StandardCharsets.UTF_8))
        .post(path);
  }

  private Map<String, Object> call(Object... more) {
    Map<String, Object> call = new HashMap<>();
    call.put("agent", "first");
    call.put("action", "write:refund");
    for (int i = 0; i < more.length; i += 2) {
      call.put((String) more[i], more[i + 1]);
    }
    return call;
  }

  @Test
  void validatesWithoutStoring() {
    yaml("/admin/policies/validate", REFUNDS)
        .then()
        .statusCode(200)
        .body("valid", equalTo(true))
        .body("policies.name", contains("refunds"))
        .body("policies[0].kind", equalTo("policy"))
        .body("policies[0].rules", equalTo(2))
        .body("errors", empty());
    tenant.get("/admin/policies?status=all").then().body("policies", empty());
  }

  @Test
  void namesEveryFaultWithItsPlace() {
    yaml("/admin/policies/validate", "name: x\nruels: []\n---\nname: Y Z\nrules: []\n")
        .then()
        .statusCode(200)
        .body("valid", equalTo(false))
        .body("policies", empty())
        .body("errors.line", hasItem(2))
        .body("errors.message", hasItem(containsString("rules")))
        .body("errors[0].column", notNullValue());
    yaml("/admin/policies/validate", "").then().statusCode(200).body("valid", equalTo(false));
  }

  @Test
  void findsWhatOnlyShowsAmongTheTenantsPolicies() {
    String heir =
        "# an heir\nname: heir\nextends: bsae\nrules:\n  - {action: read:y, effect: allow}\n";
    tenant.apply(TestTenant.policy("base"));
    yaml("/admin/policies/validate", TestTenant.policy("other") + "---\n" + heir)
        .then()
        .body("valid", equalTo(false))
        .body("errors[0].policy", equalTo("heir"))
        .body("errors[0].line", equalTo(8))
        .body("errors[0].message", containsString("bsae"));
    tenant
        .apply(heir)
        .then()
        .statusCode(409)
        .body("errors[0].path", equalTo("heir"))
        .body("errors[0].line", equalTo(3));
    tenant.get("/admin/policies?status=all").then().body("policies", hasSize(1));

    String right = heir.replace("bsae", "base");
    yaml("/admin/policies/validate", right).then().body("valid", equalTo(true));
    tenant.apply(right).then().statusCode(200);
    tenant
        .delete("/admin/policies/base")
        .then()
        .statusCode(409)
        .body("detail", containsString("heir"));
    tenant.get("/admin/policies/base").then().statusCode(200);
    tenant.apply(TestTenant.policy("base") + "extends: heir\n").then().statusCode(409);
    tenant.delete("/admin/policies/heir").then().statusCode(200);
    tenant.delete("/admin/policies/base").then().statusCode(200);
    tenant
        .admin()
        .post("/admin/policies/heir/rollback")
        .then()
        .statusCode(409)
        .body("detail", containsString("base"));
  }

  @Test
  void triesACallWithoutCountingIt() {
    tenant.apply(REFUNDS);
    tenant
        .post("/admin/policies/test", call("context", Map.of("amount", 50)))
        .then()
        .statusCode(200)
        .body("decision", equalTo("allow"))
        .body("allowed", equalTo(true))
        .body("agent.id", equalTo(tenant.agentId()))
        .body("policy", equalTo("refunds"))
        .body("policyRevision", equalTo(1))
        .body("rule", equalTo("small"))
        .body("limits[0].limit", equalTo(10))
        .body("limitsCounted", equalTo(false))
        .body("explanation.policies[0].rules", hasSize(2));
  }

  @Test
  void explainsADenialWithTheSmallestChange() {
    tenant.apply(REFUNDS);
    tenant
        .post("/admin/policies/explain", call("context", Map.of("amount", 70.5)))
        .then()
        .statusCode(200)
        .body("decision", equalTo("deny"))
        .body("explanation.why", notNullValue())
        .body("explanation.change[0].attribute", containsString("amount"))
        .body("explanation.noChange", nullValue())
        .body("explanation", hasKey("policies"));
  }

  @Test
  void triesADraftAsIfItWereApplied() {
    tenant.apply(REFUNDS);
    String draft = REFUNDS.replace("<= 50", "<= 100");
    tenant
        .post(
            "/admin/policies/test",
            call(
                "context", Map.of("amount", 70), "policies", draft, "time", "2026-11-20T10:00:00Z"))
        .then()
        .statusCode(200)
        .body("decision", equalTo("allow"))
        .body("policyRevision", equalTo(0));
    tenant
        .post("/admin/policies/test", call("policies", "name: x\nruels: []\n"))
        .then()
        .statusCode(400)
        .body("errors[0].path", equalTo("policies"))
        .body("errors[0].line", notNullValue());
    tenant
        .post("/admin/policies/test", call("policies", REFUNDS + "extends: nobody\n"))
        .then()
        .statusCode(400)
        .body("detail", containsString("nobody"));
  }

  @Test
  void namesEveryFaultOfACall() {
    tenant
        .post("/admin/policies/test", "{\"resource\":7,\"time\":\"today\",\"actoin\":\"x\"}")
        .then()
        .statusCode(400)
        .body(
            "errors.path",
            org.hamcrest.Matchers.containsInAnyOrder(
                "agent", "action", "resource", "time", "actoin"));
    tenant.post("/admin/policies/test", call("agent", "nobody")).then().statusCode(404);
  }

  @Test
  void runsAFileOfTestsAgainstTheTenantsPolicies() {
    tenant.apply(REFUNDS);
    yaml(
            "/admin/policies/test",
            """
            name: refunds
            tests:
              - name: small
                agent: first
                action: write:refund
                context: { amount: 50 }
                expect: allow
                rule: small
              - name: large
                agent: first
                action: write:refund
                context: { amount: 51 }
                expect: allow
            """)
        .then()
        .statusCode(200)
        .body("passed", equalTo(1))
        .body("failed", equalTo(1))
        .body("cases.name", contains("small", "large"))
        .body("cases[1].passed", equalTo(false))
        .body("cases[1].expected.decision", equalTo("allow"))
        .body("cases[1].got.decision", equalTo("deny"))
        .body("cases[1].notes", not(empty()));
  }

  @Test
  void runsAFileOfTestsWithPoliciesOfItsOwn() {
    yaml(
            "/admin/policies/test",
            """
            policies: |
              name: own
              rules:
                - action: read:x
                  effect: allow
            tests:
              - { action: read:x, expect: allow, policy: own }
            """)
        .then()
        .statusCode(200)
        .body("passed", equalTo(1))
        .body("failed", equalTo(0));
    yaml("/admin/policies/test", "tests:\n  - { actoin: read:x, expect: allow }\n")
        .then()
        .statusCode(400)
        .body("errors[0].line", equalTo(2))
        .body("errors.message", hasItem(containsString("actoin")));
  }

  @Test
  void saysWhatChangedBetweenRevisions() {
    tenant.apply(REFUNDS);
    tenant.apply(REFUNDS.replace("<= 50", "<= 80"));
    yaml("/admin/policies?publish=false", REFUNDS + "defaultEffect: allow\n");
    tenant
        .get("/admin/policies/refunds/diff?from=1&to=2")
        .then()
        .statusCode(200)
        .body("from", equalTo(1))
        .body("to", equalTo(2))
        .body("changes", hasSize(1))
        .body("changes[0].kind", equalTo("changed"))
        .body("changes[0].rule", equalTo("small"))
        .body("changes[0].words", containsString("80"));
    tenant
        .get("/admin/policies/refunds/diff")
        .then()
        .body("from", equalTo(2))
        .body("to", equalTo(3))
        .body("changes.words", hasItem(containsString("default effect")));
    tenant.get("/admin/policies/refunds/diff?to=9").then().statusCode(404);
  }

  @Test
  void showsWhereEachRuleOfAnAgentComesFrom() {
    tenant.apply(
        TestTenant.policy("base")
            + "abstract: true\n---\nname: helpers\nextends: base\nappliesTo: {roles: [helper]}\n"
            + "rules:\n  - {name: notes, action: write:note, effect: allow}\n");
    String agent =
        tenant
            .post("/admin/agents", Map.of("name", "h", "roles", java.util.List.of("helper")))
            .path("id");
    tenant
        .get("/admin/agents/" + agent + "/permissions")
        .then()
        .statusCode(200)
        .body("agent.name", equalTo("h"))
        .body("rules.policy", contains("helpers", "helpers"))
        .body("rules[0].rule", equalTo("notes"))
        .body("rules[0].via[0]", containsString("helper"))
        .body("rules[1].inheritedFrom", equalTo("base"))
        .body("defaults[0].policy", equalTo("helpers"));
    tenant
        .get("/admin/agents/" + tenant.agentId() + "/permissions")
        .then()
        .statusCode(200)
        .body("rules", empty());
    tenant.get("/admin/policies").then().body("policies.kind", contains("policy", "policy"));
  }

  @Test
  void lintsATextOrWhatIsInForce() {
    String open = "name: open\nrules:\n  - {action: '*', effect: allow}\n";
    yaml("/admin/policies/lint", open)
        .then()
        .statusCode(200)
        .body("findings.policy", hasItem("open"))
        .body("findings.code", hasItem("allow-all"))
        .body("findings[0].line", equalTo(3))
        .body("findings[0].severity", equalTo("warning"));
    tenant.admin().post("/admin/policies/lint").then().statusCode(200).body("findings", empty());
    tenant.apply(
        open
            + "---\nname: nobodys\nappliesTo: {tags: [gone]}\nrules:\n"
            + "  - {action: read:x, effect: allow}\n");
    tenant
        .admin()
        .post("/admin/policies/lint")
        .then()
        .statusCode(200)
        .body("findings.code", org.hamcrest.Matchers.hasItems("allow-all", "no-agents"));
    yaml("/admin/policies/lint", "name: x\nruels: []\n")
        .then()
        .statusCode(400)
        .body("errors[0].line", notNullValue());
  }
}
