package app.meshguard.local;

import app.meshguard.local.process.StackProcess;
import java.net.URI;

/** One more decision-service beside the stack's own, with a journal of its own. */
public final class DecisionReplica implements AutoCloseable {
  private final String name;
  private final URI url;
  private final StackProcess process;

  DecisionReplica(String name, URI url, StackProcess process) {
    this.name = name;
    this.url = url;
    this.process = process;
  }

  public String name() {
    return name;
  }

  public URI url() {
    return url;
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  /** Ends it as a power cut of its machine's processes would. */
  public void kill() {
    process.kill();
  }

  /** Ends it in good order; it ships what it has first. */
  @Override
  public void close() {
    process.end();
  }
}
