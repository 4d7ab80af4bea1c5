package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedProcessTest {
  @TempDir Path directory;

  @AfterEach
  void endsWhatItStarted() {
    DetachedProcess.recordedIn(record()).ifPresent(process -> process.terminate(Duration.ZERO));
  }

  @Test
  void isFoundAgainByItsRecord() {
    DetachedProcess started = start("exec sleep 600");

    DetachedProcess found = DetachedProcess.recordedIn(record()).orElseThrow();

    assertEquals(started.pid(), found.pid());
    assertTrue(found.isAlive());
  }

  @Test
  void isKnownToBeDeadAfterAKill() {
    start("exec sleep 600").kill();

    assertFalse(DetachedProcess.recordedIn(record()).orElseThrow().isAlive());
  }

  @Test
  void isForgottenAfterAnOrderlyEnd() {
    DetachedProcess process = start("exec sleep 600");

    process.terminate(Duration.ofSeconds(10));

    assertFalse(process.isAlive());
    assertTrue(DetachedProcess.recordedIn(record()).isEmpty());
  }

  @Test
  void isKilledWhenItDoesNotEndInTime() {
    DetachedProcess process = start("trap '' TERM; echo deaf; while :; do sleep 0.05; done");
    assertTrue(DetachedProcess.await(() -> log().contains("deaf"), Duration.ofSeconds(30)));

    process.terminate(Duration.ofMillis(100));

    assertFalse(process.isAlive());
  }

  @Test
  void takesAnotherProcessWithItsPidForAnother() throws IOException {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    String earlier =
        "{\"pid\":%d,\"startTicks\":%d,\"boot\":\"%s\"}"
            .formatted(self.pid(), self.startTicks() - 1, self.boot());
    Files.writeString(record(), earlier);

    DetachedProcess found = DetachedProcess.recordedIn(record()).orElseThrow();

    assertFalse(found.isAlive());
    found.terminate(Duration.ZERO);
    assertTrue(self.isAlive());
  }

  @Test
  void writesWhatItSaysToItsLog() {
    DetachedProcess process = start("echo $GREETING; echo trouble >&2; sleep 600");

    assertTrue(DetachedProcess.await(() -> log().contains("trouble"), Duration.ofSeconds(30)));
    assertEquals("hello\ntrouble\n", log());
    assertTrue(process.isAlive());
  }

  @Test
  void isPausedWithItsChildrenAndGoesOn() throws IOException {
    DetachedProcess process = start("sh -c 'exec sleep 600' & echo child $!; wait");
    assertTrue(DetachedProcess.await(() -> log().startsWith("child "), Duration.ofSeconds(30)));
    long child = Long.parseLong(log().strip().substring("child ".length()));

    process.pause();
    assertTrue(awaitState(process.pid(), "T") && awaitState(child, "T"));

    process.resume();
    assertTrue(awaitState(process.pid(), "S") && awaitState(child, "S"));
  }

  private static boolean awaitState(long pid, String state) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return DetachedProcess.await(
        () -> {
          try {
            return Files.readString(stat).contains(") " + state + " ");
          } catch (IOException e) {
            return false;
          }
        },
        Duration.ofSeconds(30));
  }

  private DetachedProcess start(String script) {
    return DetachedProcess.start(
        new DetachedProcess.Launch(
            List.of("sh", "-c", script),
            Map.of("GREETING", "hello"),
            directory,
            directory.resolve("process.log")),
        record());
  }

  private Path record() {
    return directory.resolve("process.json");
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("process.log"));
    } catch (IOException e) {
      return "";
    }
  }
}
