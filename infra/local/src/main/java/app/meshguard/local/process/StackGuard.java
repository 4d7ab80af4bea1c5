package app.meshguard.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Ends a stack with this JVM, however that ends: a watchdog holds the other end of a pipe, and when
 * the pipe breaks it kills whatever carries the stack's mark.
 */
public final class StackGuard implements AutoCloseable {
  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      read -r _ && exit 0
      for process in /proc/[0-9]*; do
        if tr '\\0' '\\n' <"$process/environ" 2>/dev/null | grep -qxF -- "$0"; then
          kill -KILL "${process#/proc/}"
        fi
      done
      """;

  private final Process watchdog;

  public StackGuard(Path home) {
    try {
      watchdog =
          new ProcessBuilder("setsid", "sh", "-c", WATCHDOG, Strays.MARK + "=" + home)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the watchdog of " + home, e);
    }
    // A thread is never collected, and with it neither is the pipe.
    Thread.ofPlatform().daemon().name("meshguard-stack-guard").start(this::awaitEnd);
  }

  /** Tells the watchdog that there is nothing left to watch. */
  @Override
  public void close() {
    try {
      watchdog.getOutputStream().write('\n');
      watchdog.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the watchdog", e);
    }
  }

  private void awaitEnd() {
    try {
      watchdog.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
