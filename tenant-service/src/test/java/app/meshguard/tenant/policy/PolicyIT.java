package app.meshguard.tenant.policy;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.tenant.TenantService;
import app.meshguard.tenant.TestTenant;
import org.junit.jupiter.api.Test;

@TenantService
class PolicyIT {

  @Test
  void appliesSeveralDocumentsAndPublishesEachAlone() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .apply(TestTenant.policy("one") + "---\n" + TestTenant.policy("two"))
        .then()
        .statusCode(200)
        .body("policies.name", contains("one", "two"))
        .body("policies.revision", contains(1, 1))
        .body("policies[0].warnings", notNullValue())
        .body("propagated", equalTo(true));

    var section = tenant.section("policies");
    assertEquals(2, section.getList("policies").size());
    assertEquals(2, section.getInt("version"));
    assertEquals(
        TestTenant.policy("one").strip(), section.getString("policies[0].document").strip());
  }

  @Test
  void countsARevisionForEachChangeAndNoneForTheSameAgain() {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(TestTenant.policy("p"));
    tenant.apply(TestTenant.policy("p")).then().body("policies.revision", contains(1));
    tenant
        .apply(TestTenant.policy("p") + "description: other\n")
        .then()
        .body("policies.revision", contains(2));
    tenant
        .get("/admin/policies/p/versions")
        .then()
        .body("versions.revision", contains(2, 1))
        .body("versions.inForce", contains(true, false));
    tenant.get("/admin/policies/p").then().body("document", containsString("other"));

    tenant.delete("/admin/policies/p").then().statusCode(200);
    tenant.get("/admin/policies/p").then().statusCode(404);
    tenant.delete("/admin/policies/p").then().statusCode(404);
    tenant.get("/admin/policies").then().body("policies", empty());
    assertEquals(0, tenant.section("policies").getList("policies").size());
    tenant.apply(TestTenant.policy("p")).then().body("policies.revision", contains(3));
  }

  @Test
  void listsNamesAndRules() {
    TestTenant tenant = TestTenant.signUp();
    tenant.apply(TestTenant.policy("b") + "---\n" + TestTenant.policy("a"));
    tenant
        .get("/admin/policies?limit=1")
        .then()
        .body("policies.name", contains("a"))
        .body("policies[0].rules[0].actions", contains("read:x"))
        .body("policies[0].rules[0].effect", equalTo("allow"))
        .body("next", notNullValue());
    String next = tenant.get("/admin/policies?limit=1").path("next");
    tenant.get("/admin/policies?cursor=" + next).then().body("policies.name", contains("b"));
  }

  @Test
  void refusesAllWhenOneIsWrongAndNamesEveryFault() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .apply(
            TestTenant.policy("good")
                + "---\nname: Bad Name\nruels: []\n---\nname: x\nrules:\n  - effect: maybe\n")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_policy"))
        .body("errors", hasSize(greaterThan(2)))
        .body("errors[0].line", greaterThan(5))
        .body("errors[0].column", notNullValue());
    tenant.get("/admin/policies").then().body("policies", empty());
  }

  @Test
  void keepsAccessProfilesAndGuardrailsLikePolicies() {
    TestTenant tenant = TestTenant.signUp();
    tenant
        .apply(
            """
            agent: first
            role: clerk
            access:
              tools: { allow: [search] }
              data: { allow: [name], deny: [ssn] }
            ---
            guardrails:
              tier_1_automatic: [search]
              tier_4_blocked: [transfer_money]
            """)
        .then()
        .statusCode(200)
        .body("policies.name", contains("first-clerk", "guardrails"));
    tenant
        .get("/admin/policies")
        .then()
        .body("policies.kind", contains("access_profile", "guardrails"))
        .body("policies[1].rules", hasSize(greaterThan(1)));
    tenant.get("/admin/policies/first-clerk").then().body("document", containsString("ssn"));
    tenant.get("/admin/policies/first-clerk/versions").then().body("versions", hasSize(1));
    assertEquals(2, tenant.section("policies").getList("policies").size());
    tenant.delete("/admin/policies/guardrails").then().statusCode(200);
  }
}
