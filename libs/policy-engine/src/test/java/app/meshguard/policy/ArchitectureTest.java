package app.meshguard.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("app.meshguard.policy");

  @Test
  void knowsNoFramework() {
    classes()
        .that()
        .resideInAPackage("app.meshguard.policy..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "app.meshguard.policy..",
            "java..",
            "org.yaml.snakeyaml..",
            "com.google.re2j..",
            "org.jspecify..")
        .check(ENGINE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("app.meshguard.(policy..)").should().beFreeOfCycles().check(ENGINE);
  }
}
