package app.meshguard.local.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  @ParameterizedTest
  @CsvSource({
    "/,DECISION",
    "/health,DECISION",
    "/proxy,DECISION",
    "/proxy/check,DECISION",
    "/proxy/api/users/7,DECISION",
    "/v1/check,DECISION",
    "/v1/check/batch,DECISION",
    "/access/v1/evaluation,DECISION",
    "/signup,TENANT",
    "/.well-known/jwks.json,TENANT",
    "/admin/tenant,TENANT",
    "/admin/agents,TENANT",
    "/admin/agents/agent_1/token,TENANT",
    "/admin/keys,TENANT",
    "/admin/targets,TENANT",
    "/admin/policies/validate,TENANT",
    "/admin/rbac/roles,TENANT",
    "/billing/plan,TENANT",
    "/api/v1/admin/agents,TENANT",
    "/api/v1/admin/audit/stats,AUDIT",
    "/admin/audit,AUDIT",
    "/admin/analytics/overview,AUDIT",
    "/admin/reports/1,AUDIT",
    "/admin/retention/run,AUDIT",
    "/admin/holds/hld_1,AUDIT",
    "/admin/erasures,AUDIT",
    "/admin/siem,AUDIT"
  })
  void sendsEachPathToItsService(String path, Upstream service) {
    assertEquals(Optional.of(service), RouteTable.find(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal",
        "/internal/bundles",
        "/api/v1/internal/bundles",
        "/q/metrics",
        "/q/health",
        "/admin",
        "/admin/",
        "/admin/agentsx",
        "/admin/alerts",
        "/signup/",
        "/healthz",
        "/proxyx",
        "//internal/bundles",
        "/api/v1/proxy/x",
        "*",
        "",
        "http://127.0.0.1/internal"
      })
  void knowsNoOtherPath(String path) {
    assertEquals(Optional.empty(), RouteTable.find(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/agents/../../internal/bundles",
        "/admin/agents/%2e%2e/%2e%2e/internal/bundles",
        "/admin/agents/%2E./.%2e/internal/bundles",
        "/admin/agents/..%2f..%2finternal",
        "/admin/agents/..\\..\\internal",
        "/admin/agents/..%5C..%5cinternal",
        "/admin/agents/..;a=b/..;/internal",
        "/admin/agents/./../keys",
        "/proxy/../internal",
        "/proxy/a/../../q/metrics",
        "/v1//../../internal"
      })
  void letsNoSpellingClimbOutOfItsRoute(String path) {
    assertEquals(Optional.empty(), RouteTable.find(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proxy/a/../b", "/proxy//a", "/proxy/a%2fb", "/proxy/a/./b"})
  void leavesOddPathsBelowTheProxyToTheGateway(String path) {
    assertEquals(Optional.of(Upstream.DECISION), RouteTable.find(path));
  }
}
