package app.meshguard.audit;

import app.meshguard.testsupport.ServiceDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs a test against the service, started once, with a migrated database of its own. */
@QuarkusTest
@QuarkusTestResource(
    value = ServiceDatabaseResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
@QuarkusTestResource(TenantServiceStandIn.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RunningAuditService {}
