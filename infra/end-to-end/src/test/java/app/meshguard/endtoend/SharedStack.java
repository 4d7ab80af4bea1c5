package app.meshguard.endtoend;

import app.meshguard.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one stack of a test run: whoever asks first starts it, and a test that breaks a part of it
 * mends it before it ends. It ends with this JVM, however that ends.
 */
final class SharedStack {
  private static final Stack STACK = start();

  private SharedStack() {}

  static Stack get() {
    return STACK;
  }

  /** The address in front, without a slash at the end. */
  static String base() {
    return address(STACK.baseUrl());
  }

  static String address(java.net.URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Stack start() {
    try {
      Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
      Stack stack = Stack.startGuarded(home);
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
      return stack;
    } catch (IOException e) {
      throw new IllegalStateException("no home for the stack", e);
    }
  }
}
