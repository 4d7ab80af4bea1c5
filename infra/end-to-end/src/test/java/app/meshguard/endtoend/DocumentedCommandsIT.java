package app.meshguard.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.local.ProjectRoot;
import app.meshguard.local.Stack;
import app.meshguard.local.command.FirstTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation says can be pasted does what it says. */
@ExtendWith(RunningStack.class)
class DocumentedCommandsIT {
  @TempDir Path checkout;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/quick-start.md",
        "docs/policies/tutorial.md",
        "docs/policies/versions.md",
        "docs/audit/search.md"
      })
  void workAsPasted(String page, Stack stack) throws Exception {
    looksLikeACheckoutWithARunningStack(stack);
    var blocks = RunnableBlocks.of(ProjectRoot.find().resolve(page));
    assertFalse(blocks.blocks().isEmpty(), page + " has no runnable block");

    var run = Script.run(checkout, List.of("bash", "-c", blocks.script()));

    assertEquals(0, run.exit(), () -> page + ": " + run.output());
  }

  private void looksLikeACheckoutWithARunningStack(Stack stack) throws IOException {
    var examples = Files.createDirectories(checkout.resolve("docs/examples"));
    try (var files = Files.list(ProjectRoot.find().resolve("docs/examples"))) {
      for (var file : files.toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
    var home = Files.createDirectory(checkout.resolve(".meshguard"));
    FirstTenant.ensure(stack.baseUrl(), home);
  }
}
