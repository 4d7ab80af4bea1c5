package app.meshguard.tenant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import app.meshguard.tenant.platform.CalledBy;
import app.meshguard.tenant.platform.Requires;
import app.meshguard.tenant.platform.Unauthenticated;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.util.stream.Stream;

@AnalyzeClasses(
    packages = "app.meshguard.tenant",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule FEATURES_USE_PLATFORM_AND_NEVER_THE_REVERSE =
      noClasses()
          .that()
          .resideInAPackage("..platform")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..tenant.agent",
              "..tenant.authoring",
              "..tenant.engine",
              "..tenant.impact",
              "..tenant.risk",
              "..tenant.starter",
              "..tenant.key",
              "..tenant.policy",
              "..tenant.target",
              "..tenant.settings",
              "..tenant.signup",
              "..tenant.bundle",
              "..tenant.credential",
              "..tenant.token",
              "..tenant.write");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("app.meshguard.tenant.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_OTHER_SERVICE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("app.meshguard.decision..", "app.meshguard.audit..");

  @ArchTest
  static final ArchRule EVERY_OPERATION_SAYS_WHO_MAY_CALL_IT =
      methods()
          .that()
          .areAnnotatedWith(GET.class)
          .or()
          .areAnnotatedWith(POST.class)
          .or()
          .areAnnotatedWith(PUT.class)
          .or()
          .areAnnotatedWith(PATCH.class)
          .or()
          .areAnnotatedWith(DELETE.class)
          .should(sayWhoMayCall());

  private static ArchCondition<JavaMethod> sayWhoMayCall() {
    return new ArchCondition<>("say exactly once who may call them") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        long said =
            Stream.of(Requires.class, CalledBy.class, Unauthenticated.class)
                .filter(method::isAnnotatedWith)
                .count();
        if (said != 1) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName()));
        }
      }
    };
  }
}
