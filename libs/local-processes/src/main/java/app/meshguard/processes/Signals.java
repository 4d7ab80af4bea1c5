package app.meshguard.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Sends signals that Java has no name for. */
final class Signals {
  private Signals() {}

  static void send(String signal, long... pids) {
    List<String> command = new ArrayList<>();
    // The shell's own kill: the command of that name is not installed everywhere.
    command.addAll(List.of("sh", "-c", "kill -s \"$0\" \"$@\"", signal));
    LongStream.of(pids).mapToObj(Long::toString).forEach(command::add);
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot signal processes " + Arrays.toString(pids), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
