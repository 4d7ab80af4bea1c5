package app.meshguard.local.command;

import app.meshguard.local.Stack;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code up}: everything runs, the demo tenant is there, and it is said how to go on. */
final class Up {
  private final Stack stack;
  private final Path home;
  private final PrintStream out;

  Up(Stack stack, Path home, PrintStream out) {
    this.stack = stack;
    this.home = home;
    this.out = out;
  }

  int run() throws Exception {
    long begin = System.nanoTime();
    List<String> started = stack.up(step -> out.println("  " + step + " …"));
    LauncherCopies.deleteOthers(home.resolve("launcher"));
    FirstTenant tenant = FirstTenant.ensure(stack.baseUrl(), home);
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    out.println();
    if (started.isEmpty()) {
      out.println("MeshGuard runs already at " + stack.baseUrl());
    } else {
      out.println("MeshGuard runs at " + stack.baseUrl());
      out.println("  started in " + seconds + " s: " + String.join(", ", started));
    }
    String environment = tenant.environmentFile().toString();
    out.println("  credentials of the demo tenant (only you can read them):");
    out.println(
        "    " + environment + " for shells, " + tenant.jsonFile().getFileName() + " beside");
    out.println();
    out.println("Ask for a decision:");
    out.println();
    out.println("  . '" + environment.replace("'", "'\\''") + "' && \\");
    out.println("  curl -sS \"$MESHGUARD_URL/v1/check\" \\");
    out.println("    -H \"Authorization: Bearer $MESHGUARD_AGENT_TOKEN\" \\");
    out.println("    -H 'Content-Type: application/json' \\");
    out.println("    -d '{\"action\":\"read:calendar\"}'");
    out.println();
    return 0;
  }
}
