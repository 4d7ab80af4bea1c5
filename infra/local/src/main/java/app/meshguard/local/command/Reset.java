package app.meshguard.local.command;

import app.meshguard.local.Stack;
import app.meshguard.processes.PrivateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code reset}: ends the stack and deletes what it stored; asks first. */
final class Reset {
  private static final List<String> STORED =
      List.of("postgres", "data", "keys", "run", "credentials.json", "credentials.env");

  private final Stack stack;
  private final Path home;
  private final PrintStream out;

  Reset(Stack stack, Path home, PrintStream out) {
    this.stack = stack;
    this.home = home;
    this.out = out;
  }

  int run(List<String> arguments) throws IOException {
    if (!arguments.contains("--yes") && !agreed()) {
      out.println("Nothing was deleted.");
      return 1;
    }
    stack.down();
    for (String name : STORED) {
      Path path = home.resolve(name);
      if (Files.isDirectory(path)) {
        PrivateFiles.deleteTree(path);
      } else {
        Files.deleteIfExists(path);
      }
    }
    out.println("MeshGuard is stopped and its data is deleted; ./meshguard up starts anew.");
    return 0;
  }

  private boolean agreed() throws IOException {
    out.println("This stops MeshGuard and deletes all of its data in " + home + ":");
    out.println("tenants, agents, policies, keys, and the whole audit log.");
    out.print("Type 'yes' to go on: ");
    out.flush();
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return "yes".equals(answers.readLine());
  }
}
