package app.meshguard.endtoend;

import app.meshguard.chaos.stack.ChaosStack;
import app.meshguard.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one stack of a test run: whoever asks first starts it, and a test that breaks a part of it
 * mends it before it ends. It ends with this JVM, however that ends.
 */
final class SharedStack {
  private static final ChaosStack STACK = start();

  private SharedStack() {}

  static Stack get() {
    return STACK.stack();
  }

  /** The same stack, with what is needed to break it. */
  static ChaosStack breakable() {
    return STACK;
  }

  /** The address in front, without a slash at the end. */
  static String base() {
    return address(get().baseUrl());
  }

  static String address(java.net.URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static ChaosStack start() {
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
      ChaosStack stack = ChaosStack.start(home);
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
      return stack;
    } catch (IOException e) {
      throw new IllegalStateException("no home for the stack", e);
    }
  }
}
