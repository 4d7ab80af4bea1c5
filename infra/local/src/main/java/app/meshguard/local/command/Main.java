package app.meshguard.local.command;

import app.meshguard.local.PortTaken;
import app.meshguard.local.ProjectRoot;
import app.meshguard.local.Stack;
import app.meshguard.local.StackOptions;
import app.meshguard.local.process.StackHome;
import app.meshguard.processes.PrivateFiles;
import app.meshguard.processes.ProcessFailed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the script {@code meshguard} runs once everything is built. */
public final class Main {
  private static final int DEFAULT_PORT = 8080;
  private static final int WRONG_USE = 2;

  private Main() {}

  public static void main(String[] args) {
    int code;
    try {
      code = run(args);
    } catch (PortTaken | ProcessFailed | WrongUse e) {
      System.err.println(e.getMessage());
      code = e instanceof WrongUse ? WRONG_USE : 1;
    } catch (Exception e) {
      System.err.println("meshguard failed, which it should not: " + e);
      e.printStackTrace(System.err);
      code = 1;
    }
    System.exit(code);
  }

  private static int run(String[] args) throws Exception {
    if (args.length == 0) {
      throw new WrongUse("no command given");
    }
    Path root = ProjectRoot.find();
    Path home = home(root);
    List<String> rest = Arrays.asList(args).subList(1, args.length);
    return switch (args[0]) {
      case "up" -> Locked.run(home, () -> new Up(stack(home, root), home, System.out).run());
      case "down" -> Locked.run(home, () -> new Down(stack(home, root), System.out).run());
      case "status" -> new Status(stack(home, root), System.out).run();
      case "logs" -> new Logs(home.resolve("logs")).run(rest);
      case "reset" ->
          Locked.run(home, () -> new Reset(stack(home, root), home, System.out).run(rest));
      case "demo" -> new PlayDemo(stack(home, root), root, System.out).run();
      case "test" -> new TestRun(root, System.out).run(rest);
      case "audit" ->
          rest.contains("succeed")
              ? new AuditLog(new StackHome(home)).run(rest)
              : new AuditRebuild(stack(home, root), new StackHome(home)).run(rest);
      case "bench" -> BuiltProgram.benchmarks(root, home).run(rest);
      case "chaos" -> BuiltProgram.chaos(root, home).run(rest);
      default -> throw new WrongUse("there is no command '" + args[0] + "'; see ./meshguard help");
    };
  }

  private static Path home(Path root) {
    String named = System.getenv("MESHGUARD_HOME");
    Path home = named != null && !named.isBlank() ? Path.of(named) : root.resolve(".meshguard");
    return PrivateFiles.directory(home.toAbsolutePath().normalize());
  }

  private static Stack stack(Path home, Path root) {
    return Stack.of(StackOptions.detached(home, root, port()));
  }

  private static int port() {
    String named = System.getenv("MESHGUARD_PORT");
    if (named == null || named.isBlank()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(named.strip());
      if (port >= 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, for every wrong value alike.
      throw wrongPort(named);
    }
    throw wrongPort(named);
  }

  private static WrongUse wrongPort(String named) {
    return new WrongUse("MESHGUARD_PORT is '" + named + "': it must be a port, 0 to 65535");
  }
}
