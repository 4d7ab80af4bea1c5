package app.meshguard.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MavenSummaryTest {
  @Test
  void keepsTheCountsOfEachModuleAndTheFinalWord() {
    MavenSummary summary = new MavenSummary();
    String log =
        """
        [INFO] Building wire-contracts 0.2.0                                    [2/12]
        [INFO] Running app.meshguard.wire.ApiKeyTest
        [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in ApiKeyTest
        [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0
        [INFO] Building policy-engine 0.2.0                                     [3/12]
        [ERROR] Tests run: 7, Failures: 1, Errors: 0, Skipped: 0
        [INFO] Reactor Summary for MeshGuard 0.2.0:
        [INFO] BUILD FAILURE
        """;

    log.lines().forEach(summary::see);

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    summary.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertEquals(
        """
        [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0 -- wire-contracts
        [ERROR] Tests run: 7, Failures: 1, Errors: 0, Skipped: 0 -- policy-engine
        [INFO] Reactor Summary for MeshGuard 0.2.0:
        [INFO] BUILD FAILURE
        """,
        printed.toString(StandardCharsets.UTF_8));
  }
}
