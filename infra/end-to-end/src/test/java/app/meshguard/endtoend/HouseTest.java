package app.meshguard.endtoend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house, over the compiled classes of every module. */
class HouseTest {
  private static final Path ROOT = Path.of("../..");
  private static final List<String> MODULES =
      List.of(
          "libs/wire-contracts",
          "libs/policy-engine",
          "libs/service-identity",
          "libs/egress",
          "libs/service-migration",
          "libs/local-processes",
          "libs/test-support",
          "tenant-service",
          "decision-service",
          "audit-service",
          "clients/cli",
          "infra/local",
          "infra/chaos",
          "infra/benchmarks");

  private static JavaClasses house;

  @BeforeAll
  static void readsEveryModule() {
    List<Path> compiled =
        MODULES.stream().map(module -> ROOT.resolve(module).resolve("target/classes")).toList();
    compiled.forEach(path -> assertTrue(Files.isDirectory(path), path + " is not built"));
    house = new ClassFileImporter().importPaths(compiled);
  }

  @Test
  void listsEveryModuleOfTheRootPom() throws Exception {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    MODULES.forEach(module -> assertTrue(pom.contains("<module>" + module + "</module>"), module));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "decision", "audit"})
  void servicesMeetOverHttpAndInLibsOnly(String service) {
    String own = "app.meshguard." + service;
    DescribedPredicate<JavaClass> outsideOfServiceAndLibs =
        DescribedPredicate.describe(
            "of another service or of infra",
            type ->
                type.getPackageName().startsWith("app.meshguard.")
                    && !inPackage(type, own)
                    && Stream.of("wire", "policy", "identity", "egress", "migration")
                        .noneMatch(lib -> inPackage(type, "app.meshguard." + lib)));
    noClasses()
        .that()
        .resideInAPackage(own + "..")
        .should()
        .dependOnClassesThat(outsideOfServiceAndLibs)
        .check(house);
  }

  @Test
  void policyEngineKnowsNoFramework() {
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
            "org.jspecify.annotations..")
        .check(house);
  }

  @Test
  void wireContractsAreRecordsAndJsonAnnotations() {
    classes()
        .that()
        .resideInAPackage("app.meshguard.wire..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "app.meshguard.wire..",
            "java..",
            "com.fasterxml.jackson.annotation..",
            "org.jspecify.annotations..")
        .check(house);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "decision", "audit"})
  void featuresUseThePlatformAndNeverTheReverse(String service) {
    String own = "app.meshguard." + service;
    noClasses()
        .that()
        .resideInAPackage(own + ".platform..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "of a feature of " + service,
                type ->
                    inPackage(type, own)
                        && !inPackage(type, own + ".platform")
                        // How JSON is read and written lies below the platform.
                        && !inPackage(type, own + ".json")
                        && !type.getPackageName().equals(own)))
        .check(house);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "decision", "audit", "policy"})
  void packagesHaveNoCycles(String top) {
    slices().matching("app.meshguard." + top + ".(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .resideInAPackage("app.meshguard..")
        .and()
        .resideOutsideOfPackage("..jmh_generated..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.be(
                DescribedPredicate.<JavaClass>describe(
                    "in a @NullMarked package",
                    type ->
                        type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"))))
        .check(house);
  }

  @Test
  void nothingIsCalledCommonUtilHelperOrManager() {
    noClasses()
        .that()
        .resideInAPackage("app.meshguard..")
        .should()
        .haveSimpleNameContaining("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .resideInAnyPackage("..common..", "..util..", "..utils..", "..shared..")
        .check(house);
  }

  private static boolean inPackage(JavaClass type, String name) {
    return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
  }
}
