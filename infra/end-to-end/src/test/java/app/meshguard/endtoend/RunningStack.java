package app.meshguard.endtoend;

import app.meshguard.local.Stack;
import app.meshguard.processes.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that only talk to a stack, and break nothing in it, one that they share. A test that
 * kills or stops a part starts a stack of its own.
 */
final class RunningStack implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stack.class;
  }

  @Override
  public Stack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningStack.class))
        .computeIfAbsent(Started.class, key -> Started.now(), Started.class)
        .stack();
  }

  /** The store closes it when all tests are done. */
  record Started(Stack stack, Path home) implements AutoCloseable {
    static Started now() {
      try {
        var home = Files.createTempDirectory("meshguard-stack-");
        return new Started(Stack.startGuarded(home), home);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make a home for the stack", e);
      }
    }

    @Override
    public void close() {
      stack.close();
      PrivateFiles.deleteTree(home);
    }
  }
}
