package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.local.DecisionReplica;
import app.meshguard.local.ProjectRoot;
import app.meshguard.local.Stack;
import app.meshguard.local.demo.ClockedReplicas.ClockedReplica;
import app.meshguard.local.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every call of the demo is decided as expected and proved by its audit entry. */
@ExtendWith(RunningStack.class)
class DemoIT {

  @Test
  void differsNowhere(Stack stack) throws Exception {
    var printed = new ByteArrayOutputStream();
    var demo =
        new Demo(
            stack.baseUrl(),
            ProjectRoot.find().resolve("docs").resolve("examples"),
            instant ->
                new Clocked(
                    stack.addDecisionReplica(
                        Map.of(
                            "quarkus.profile",
                            "test",
                            "meshguard.clock.fixed",
                            instant.toString()))),
            new PrintStream(printed, true, StandardCharsets.UTF_8));

    var exit = demo.run();

    assertEquals(0, exit, () -> printed.toString(StandardCharsets.UTF_8));
  }

  private record Clocked(DecisionReplica replica) implements ClockedReplica {
    @Override
    public URI url() {
      return replica.url();
    }

    @Override
    public void close() {
      replica.close();
    }
  }
}
