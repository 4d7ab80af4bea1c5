package app.meshguard.local.command;

import app.meshguard.local.ProcessState;
import app.meshguard.local.Stack;
import java.io.PrintStream;

/** {@code down}: nothing of the stack runs afterwards; what it stored stays. */
final class Down {
  private final Stack stack;
  private final PrintStream out;

  Down(Stack stack, PrintStream out) {
    this.stack = stack;
    this.out = out;
  }

  int run() {
    boolean ran =
        stack.status().stream().anyMatch(state -> state.life() == ProcessState.Life.RUNNING);
    stack.down();
    out.println(ran ? "MeshGuard is stopped; its data is kept." : "MeshGuard did not run.");
    return 0;
  }
}
