package app.meshguard.decision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Surfaces stand on the kernel, the kernel on what it decides with; nothing points back. */
@AnalyzeClasses(
    packages = "app.meshguard.decision",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("app.meshguard.decision.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatIsDecidedWithKnowsNoSurface =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..decision.approval..",
              "..decision.bundle..",
              "..decision.credential..",
              "..decision.decide..",
              "..decision.evidence..",
              "..decision.hide..",
              "..decision.json..",
              "..decision.limit..",
              "..decision.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..decision.check..", "..decision.proxy..", "..decision.health..");

  @ArchTest
  static final ArchRule theServiceKnowsNoOther =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("app.meshguard.tenant..", "app.meshguard.audit..");
}
