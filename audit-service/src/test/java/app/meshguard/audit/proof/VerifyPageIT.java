package app.meshguard.audit.proof;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.TenantServiceStandIn;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.wire.TenantId;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/verify.md tells an auditor to paste does what it says: its blocks are run as they stand
 * there, with the marks that the pages of the end-to-end tests have.
 */
@RunningAuditService
class VerifyPageIT {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern MARKED =
      Pattern.compile(
          "<!-- runnable(?<until> until)?(?:: (?<text>.+?))? -->\\s*\\n"
              + "```bash\\n"
              + "(?<commands>.*?)```",
          Pattern.DOTALL);

  @Inject SignNow sign;

  @TempDir Path checkout;

  private final TenantId tenant = SampleRecords.tenant();

  @BeforeAll
  static void needsThePrograms() throws InterruptedException {
    Tool.needs("go", "Go 1.24 or later");
    Tool.needs("node", "Node 20.17 or later");
    Tool.needs("npm", "the npm that comes with Node");
    Tool.needs("mvn", "Maven");
  }

  @Test
  void worksAsPasted() throws Exception {
    Shipper.registered().ship(records(5));
    Shipper.registered().ship(records(300));
    sign.upTo(tenant, 305);
    awaitEntries();
    looksLikeACheckout();

    Tool run = Tool.run(checkout, Map.of(), List.of("bash", "-c", script()));

    assertEquals(0, run.exit(), run::output);
    assertTrue(run.output().contains("of the 305 in log meshguard.local/log/"), run::output);
  }

  /** All blocks in one shell; each must succeed and print what its mark says. */
  private static String script() throws IOException {
    StringBuilder script = new StringBuilder("set -euo pipefail\nout=$(mktemp)\n");
    script.append("trap 'echo \"block $block failed:\"; cat \"$out\"' ERR\n");
    Matcher marked = MARKED.matcher(Files.readString(DOCS.resolve("verify.md")));
    int block = 0;
    while (marked.find()) {
      String wanted = marked.group("text") == null ? "" : marked.group("text");
      script.append(
          "block=%d\n{\n%s} > \"$out\" 2>&1\n[[ $(<\"$out\") == *'%s'* ]]\ncat \"$out\"\n"
              .formatted(++block, marked.group("commands"), wanted));
    }
    assertTrue(block >= 6, "docs/verify.md has " + block + " runnable blocks");
    return script.toString();
  }

  private void looksLikeACheckout() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS.resolve("verify"))) {
      for (Path file : files.filter(VerifyPageIT::isKept).toList()) {
        Path copy = checkout.resolve("docs").resolve(DOCS.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Files.createDirectories(checkout.resolve(".meshguard"));
    Files.writeString(
        checkout.resolve(".meshguard/credentials.env"),
        "export MESHGUARD_URL=%s:%d MESHGUARD_ADMIN_TOKEN=%s\n"
            .formatted(RestAssured.baseURI, RestAssured.port, token()));
  }

  /** What a checkout has, not what trying the programs by hand has left. */
  private static boolean isKept(Path file) {
    return !file.toString().contains("node_modules") && !file.toString().contains("target");
  }

  private void awaitEntries() {
    long end = System.nanoTime() + 20_000_000_000L;
    while (given()
        .header("X-Admin-Token", token())
        .get("/admin/audit?limit=1")
        .jsonPath()
        .getList("entries")
        .isEmpty()) {
      assertTrue(System.nanoTime() < end, "the entries cannot be found");
    }
  }

  private List<String> records(int count) {
    return Stream.generate(() -> SampleRecords.decision(tenant)).limit(count).toList();
  }

  private String token() {
    return TenantServiceStandIn.token(tenant, TenantServiceStandIn.Known.READER);
  }
}
