package app.meshguard.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Features stand on platform, credential, record, seal and log; nothing points back. */
@AnalyzeClasses(
    packages = "app.meshguard.audit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresHaveNoCycles =
      slices().matching("app.meshguard.audit.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule platformKnowsNoFeature =
      noClasses()
          .that()
          .resideInAPackage("..audit.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..audit.analytics..",
              "..audit.credential..",
              "..audit.epoch..",
              "..audit.erasure..",
              "..audit.explain..",
              "..audit.export..",
              "..audit.feed..",
              "..audit.guard..",
              "..audit.hold..",
              "..audit.ingest..",
              "..audit.log..",
              "..audit.projection..",
              "..audit.proof..",
              "..audit.record..",
              "..audit.report..",
              "..audit.retention..",
              "..audit.rollup..",
              "..audit.seal..",
              "..audit.search..",
              "..audit.siem..",
              "..audit.sign..",
              "..audit.stats..",
              "..audit.stream..",
              "..audit.subject..",
              "..audit.tenants..",
              "..audit.trace..",
              "..audit.tree..",
              "..audit.words..");

  @ArchTest
  static final ArchRule theServiceKnowsNoOther =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "app.meshguard.tenant..", "app.meshguard.decision..", "app.meshguard.policy..");
}
