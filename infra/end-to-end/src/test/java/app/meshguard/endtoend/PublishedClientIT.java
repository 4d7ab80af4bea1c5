package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import app.meshguard.local.ProjectRoot;
import app.meshguard.local.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Python client that is on the package index works unchanged against this server. */
@ExtendWith(RunningStack.class)
class PublishedClientIT {
  private static final String CLIENT = "meshguard==0.1.1";

  /** What pip says when it cannot talk to the index, as opposed to finding nothing there. */
  private static final List<String> INDEX_OUT_OF_REACH =
      List.of("connection broken", "Could not fetch URL", "Network is unreachable", "timed out");

  @TempDir Path directory;

  @Test
  void worksUnchanged(Stack stack) throws Exception {
    var python = environmentWithTheClient();
    var script = ProjectRoot.find().resolve("infra/end-to-end/src/test/python/published_client.py");

    var run =
        Script.run(
            directory,
            List.of(python.toString(), "-B", script.toString(), stack.baseUrl().toString()));

    assertEquals(0, run.exit(), run.output());
  }

  /** The interpreter of a throw-away environment in which the client was installed by name. */
  private Path environmentWithTheClient() throws IOException, InterruptedException {
    var environment = directory.resolve("environment");
    try {
      var made = Script.run(directory, List.of("python3", "-m", "venv", environment.toString()));
      if (!made.succeeded()) {
        skip("python3 cannot make a virtual environment: " + made.output().strip());
      }
    } catch (IOException noPython) {
      skip("there is no python3 on this machine: " + noPython.getMessage());
    }
    var python = environment.resolve("bin/python");
    var installed =
        Script.run(
            directory,
            List.of(
                python.toString(),
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--no-cache-dir",
                "--retries=1",
                "--timeout=15",
                "install",
                "--quiet",
                CLIENT));
    if (!installed.succeeded()) {
      if (INDEX_OUT_OF_REACH.stream().anyMatch(installed.output()::contains)) {
        skip("the package index cannot be reached: " + lastLine(installed.output()));
      }
      fail(CLIENT + " cannot be installed:\n" + installed.output());
    }
    return python;
  }

  private static void skip(String reason) {
    var message = "SKIPPED, the published Python client was not tested: " + reason;
    System.err.println(message);
    Assumptions.abort(message);
  }

  private static String lastLine(String text) {
    return Stream.of(text.strip().split("\n")).reduce("", (before, line) -> line);
  }
}
