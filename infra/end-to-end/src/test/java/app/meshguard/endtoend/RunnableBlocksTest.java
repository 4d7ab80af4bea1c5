package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnableBlocksTest {

  @Test
  void takesOnlyMarkedBlocks() {
    var blocks =
        RunnableBlocks.parse(
            "page.md",
            """
            ```bash
            not marked
            ```
            <!-- runnable -->
            ```bash
            one=1
            ```
            text
            <!-- runnable: "it's": here -->
            ```bash
            echo $one
            ```
            """);

    assertEquals(
        List.of(
            new RunnableBlocks.Block("one=1\n", "", false),
            new RunnableBlocks.Block("echo $one\n", "\"it's\": here", false)),
        blocks.blocks());
  }

  @Test
  void runsBlocksInOneShell() throws Exception {
    assertEquals(
        "all blocks done\n",
        run(
            """
            <!-- runnable -->
            ```bash
            word=hello
            ```
            <!-- runnable: hello's -->
            ```bash
            cat <<'EOF'
            hello's
            EOF
            ```
            <!-- runnable until: xxx -->
            ```bash
            x=x${x:-}
            echo $x
            ```
            """));
  }

  @Test
  void saysWhichBlockDidNotPrintWhatItShould() throws Exception {
    var output =
        run(
            """
            <!-- runnable -->
            ```bash
            true
            ```
            <!-- runnable: yes -->
            ```bash
            echo no
            ```
            """);

    assertTrue(output.contains("not printed: yes"), output);
    assertTrue(output.contains("block 2 failed:\nno"), output);
  }

  @Test
  void saysWhichBlockFailed() throws Exception {
    var output =
        run(
            """
            <!-- runnable -->
            ```bash
            echo before
            false
            ```
            """);

    assertTrue(output.contains("block 1 failed:\nbefore"), output);
  }

  private static String run(String markdown) throws IOException, InterruptedException {
    var script = RunnableBlocks.parse("page.md", markdown).script();
    var bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    var output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return output;
  }
}
