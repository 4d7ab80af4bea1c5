package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogIT {
  /** What a test run is to this test: a JVM with a PostgreSQL of its own. */
  static final class OtherJvm {
    public static void main(String[] args) throws Exception {
      GuardedPostgres postgres = GuardedPostgres.start();
      System.out.println(postgres.accessFile());
      Thread.sleep(Duration.ofMinutes(10));
    }
  }

  @Test
  void endsPostgresWhenItsJvmIsKilled() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path accessFile = Path.of(jvm.inputReader().readLine());
    int port = PostgresAccess.read(accessFile).port();
    assertFalse(FreePorts.isFree(port));

    jvm.destroyForcibly().waitFor();

    Path directory = accessFile.getParent();
    assertTrue(
        DetachedProcess.await(
            () -> FreePorts.isFree(port) && !Files.exists(directory), Duration.ofSeconds(60)));
  }
}
