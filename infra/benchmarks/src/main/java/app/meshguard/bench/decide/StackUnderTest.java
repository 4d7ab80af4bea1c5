package app.meshguard.bench.decide;

import app.meshguard.local.DecisionReplica;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import app.meshguard.processes.PrivateFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The services that are measured: a stack of its own, new each time. */
final class StackUnderTest implements AutoCloseable {
  private static final Map<String, String> WITH_BASELINE =
      Map.of("meshguard.bench.baseline", "true");

  private final Path home;
  private final Stack stack;
  private final DecisionReplica decisionService;
  private boolean needed = true;

  private StackUnderTest(Path home, Stack stack, DecisionReplica decisionService) {
    this.home = home;
    this.stack = stack;
    this.decisionService = decisionService;
  }

  static StackUnderTest start(Path home) {
    // What a run that was killed has left is no part of this one.
    PrivateFiles.deleteTree(home);
    Stack stack = Stack.startGuarded(home);
    try {
      DecisionReplica replica = stack.addDecisionReplica(WITH_BASELINE);
      // One replica is measured; the stack's own would only take memory and turns.
      stack.stop(Part.DECISION);
      return new StackUnderTest(home, stack, replica);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** The one address in front, for the management calls. */
  URI front() {
    return stack.baseUrl();
  }

  /** The decision replica itself: the local front would be measured otherwise. */
  URI decisionService() {
    return decisionService.url();
  }

  /** All went well: nobody will want to look at logs or data. */
  void notNeededAnyMore() {
    needed = false;
  }

  @Override
  public void close() {
    stack.close();
    if (!needed) {
      PrivateFiles.deleteTree(home);
    }
  }
}
