package app.meshguard.tenant;

import app.meshguard.testsupport.ServiceDatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test against the running service with a database of its own; all of them share one start. */
@QuarkusTest
@QuarkusTestResource(
    value = ServiceDatabaseResource.class,
    initArgs = @ResourceArg(name = "service", value = "tenant"))
@QuarkusTestResource(AuditStandIn.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TenantService {}
