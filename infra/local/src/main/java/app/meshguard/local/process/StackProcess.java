package app.meshguard.local.process;

import app.meshguard.processes.DetachedProcess;
import app.meshguard.processes.LogTail;
import app.meshguard.processes.PrivateFiles;
import app.meshguard.processes.ProcessFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One detached JVM of a stack: started when it does not run as it should, awaited, ended. */
public final class StackProcess {
  private static final Duration TERM_GRACE = Duration.ofSeconds(20);
  private static final Duration READY_LIMIT = Duration.ofSeconds(120);
  private static final long LONG_LOG_BYTES = 16 << 20;
  private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final StackHome home;
  private final String name;
  private final Map<String, String> environment;

  public StackProcess(StackHome home, String name, Map<String, String> environment) {
    this.home = home;
    this.name = name;
    this.environment = Map.copyOf(environment);
  }

  public Optional<DetachedProcess> process() {
    return DetachedProcess.recordedIn(home.record(name));
  }

  public boolean isRunning() {
    return process().filter(DetachedProcess::isAlive).isPresent();
  }

  /**
   * Sees to it that the process runs with this command and this input.
   *
   * @param stamp whatever else makes a process that runs an old one: its settings, its build
   * @return whether it had to be started
   */
  public boolean ensure(List<String> command, String stamp) {
    String wanted = Fingerprint.of(String.join("\n", command) + "\n" + stamp);
    if (isRunning()) {
      if (wanted.equals(launched())) {
        return false;
      }
      end();
    }
    PrivateFiles.write(home.launched(name), wanted);
    setAsideLongLog();
    DetachedProcess.start(
        new DetachedProcess.Launch(command, environment, home.directory(), home.log(name)),
        home.record(name));
    return true;
  }

  /** Waits until the address answers 200. */
  public void awaitReady(URI address) {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    long end = System.nanoTime() + READY_LIMIT.toNanos();
    while (!answers(request)) {
      if (!isRunning() || System.nanoTime() > end) {
        Path log = home.log(name);
        throw new ProcessFailed(
            name + (isRunning() ? " is not ready" : " ended") + "; its log " + log + " ends",
            LogTail.of(log));
      }
    }
  }

  public void end() {
    process().ifPresent(process -> process.terminate(TERM_GRACE));
  }

  public void kill() {
    process().ifPresent(DetachedProcess::kill);
  }

  private boolean answers(HttpRequest request) {
    try {
      if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
        return true;
      }
    } catch (IOException e) {
      // Not there yet: asked again below.
      LockSupport.parkNanos(POLL_NANOS);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
    LockSupport.parkNanos(POLL_NANOS);
    return false;
  }

  private void setAsideLongLog() {
    Path log = home.log(name);
    try {
      if (Files.exists(log) && Files.size(log) > LONG_LOG_BYTES) {
        Path old = log.resolveSibling(log.getFileName() + ".1");
        Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set aside " + log, e);
    }
  }

  private String launched() {
    try {
      Path file = home.launched(name);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what " + name + " was started with", e);
    }
  }
}
