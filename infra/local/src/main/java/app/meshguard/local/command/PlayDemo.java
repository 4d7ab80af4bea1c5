package app.meshguard.local.command;

import app.meshguard.local.DecisionReplica;
import app.meshguard.local.ProcessState;
import app.meshguard.local.Stack;
import app.meshguard.local.demo.ClockedReplicas;
import app.meshguard.local.demo.Demo;
import app.meshguard.processes.PrivateFiles;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code demo}: plays the demo against the running stack. */
final class PlayDemo {
  private final Stack stack;
  private final Path root;
  private final PrintStream out;
  private final List<DecisionReplica> replicas = new ArrayList<>();

  PlayDemo(Stack stack, Path root, PrintStream out) {
    this.stack = stack;
    this.root = root;
    this.out = out;
  }

  int run() throws Exception {
    boolean runs =
        stack.status().stream().allMatch(state -> state.life() == ProcessState.Life.RUNNING);
    if (!runs) {
      throw new WrongUse("MeshGuard does not run, or not all of it: ./meshguard up starts it");
    }
    Path examples = root.resolve("docs").resolve("examples");
    int exit = new Demo(stack.baseUrl(), examples, this::replicaAt, out).run();
    if (exit == 0) {
      // Every record of theirs was found in the audit log: their journals hold nothing more.
      replicas.forEach(replica -> PrivateFiles.deleteTree(stack.journal(replica.name())));
    }
    return exit;
  }

  private ClockedReplicas.ClockedReplica replicaAt(Instant instant) {
    DecisionReplica replica =
        stack.addDecisionReplica(
            Map.of("quarkus.profile", "test", "meshguard.clock.fixed", instant.toString()));
    replicas.add(replica);
    return new ClockedReplicas.ClockedReplica() {
      @Override
      public URI url() {
        return replica.url();
      }

      @Override
      public void close() {
        replica.close();
      }
    };
  }
}
