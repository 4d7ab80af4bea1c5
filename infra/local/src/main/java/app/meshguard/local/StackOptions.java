package app.meshguard.local;

import app.meshguard.processes.FreePorts;
import java.nio.file.Path;

/**
 * Which stack is meant.
 *
 * @param home where its state and logs are
 * @param projectRoot the checkout whose build it runs
 * @param frontPort the port in front; 0 picks a free one once and stays with it
 * @param guarded whether it ends with this JVM, however that ends; then it also runs straight from
 *     the build, which nobody changes meanwhile
 * @param wiring what stands between its processes
 */
public record StackOptions(
    Path home, Path projectRoot, int frontPort, boolean guarded, Wiring wiring) {
  /** The developer's own stack: it outlives this JVM. */
  public static StackOptions detached(Path home, Path projectRoot, int frontPort) {
    return new StackOptions(home, projectRoot, frontPort, false, Wiring.DIRECT);
  }

  /** A stack for one test run, on free ports. */
  public static StackOptions guarded(Path home) {
    return guarded(home, Wiring.DIRECT);
  }

  /** A stack for one test run, on free ports, whose connections can be broken. */
  public static StackOptions guarded(Path home, Wiring wiring) {
    return new StackOptions(home, ProjectRoot.find(), FreePorts.next(), true, wiring);
  }
}
