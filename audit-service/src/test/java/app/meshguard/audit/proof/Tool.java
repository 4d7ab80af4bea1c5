package app.meshguard.audit.proof;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program of the machine to its end. */
record Tool(int exit, String output) {

  static Tool run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path printed = Files.createTempFile("tool", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      int exit = process.waitFor();
      return new Tool(exit, Files.readString(printed, StandardCharsets.UTF_8));
    } finally {
      Files.delete(printed);
    }
  }

  /** Fails with what to install when the machine has not got a program. */
  static void needs(String program, String whatFor) throws InterruptedException {
    try {
      new ProcessBuilder(program, program.equals("go") ? "version" : "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      fail(
          "This test verifies the log with a program that is not ours, and needs '%s' for it (%s)."
              .formatted(program, whatFor));
    }
  }
}
