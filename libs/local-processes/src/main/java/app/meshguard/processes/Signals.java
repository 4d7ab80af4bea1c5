package app.meshguard.processes;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals that Java has no name for. */
final class Signals {
  private Signals() {}

  static void send(String signal, long pid) {
    try {
      // The shell's own kill: the command of that name is not installed everywhere.
      new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot signal process " + pid, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
