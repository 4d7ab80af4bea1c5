package app.meshguard.audit;

import static io.restassured.RestAssured.given;

import app.meshguard.audit.TenantServiceStandIn.Known;
import app.meshguard.wire.TenantId;
import io.restassured.specification.RequestSpecification;

/** Requests of a tenant's admins. */
public record LifecycleCalls(TenantId tenant) {
  /** With a token that carries every permission. */
  public RequestSpecification owner() {
    return given().header("X-Admin-Token", TenantServiceStandIn.token(tenant, Known.OWNER));
  }

  /** With a token that may only read. */
  public RequestSpecification reader() {
    return given().header("X-Admin-Token", TenantServiceStandIn.token(tenant, Known.READER));
  }
}
