package app.meshguard.local.command;

import app.meshguard.local.ProcessState;
import app.meshguard.local.Stack;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** {@code status}: 0 when all runs, 1 when something is dead, 3 when the stack is stopped. */
final class Status {
  private static final int SOMETHING_DEAD = 1;
  private static final int STOPPED = 3;

  private final Stack stack;
  private final PrintStream out;

  Status(Stack stack, PrintStream out) {
    this.stack = stack;
    this.out = out;
  }

  int run() {
    List<ProcessState> states = stack.status();
    for (ProcessState state : states) {
      String life = state.life().name().toLowerCase(Locale.ROOT);
      String pid = state.pid() == 0 ? "" : "pid " + state.pid();
      String url = state.url() == null ? "" : state.url().toString();
      out.println("%-18s %-8s %-12s %s".formatted(state.name(), life, pid, url).stripTrailing());
    }
    List<String> missing =
        states.stream()
            .filter(state -> state.life() != ProcessState.Life.RUNNING)
            .map(ProcessState::name)
            .toList();
    if (missing.isEmpty()) {
      return 0;
    }
    if (missing.size() == states.size()
        && states.stream().allMatch(state -> state.life() == ProcessState.Life.STOPPED)) {
      out.println("MeshGuard is stopped; ./meshguard up starts it.");
      return STOPPED;
    }
    out.println("Not running: " + String.join(", ", missing) + "; ./meshguard up heals that.");
    return SOMETHING_DEAD;
  }
}
