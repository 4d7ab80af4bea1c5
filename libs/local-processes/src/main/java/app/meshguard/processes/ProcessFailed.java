package app.meshguard.processes;

import java.util.List;

/** A process that did not start or did not do its work; the message ends with what it said. */
public final class ProcessFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProcessFailed(String message, List<String> lastLines) {
    super(lastLines.isEmpty() ? message : message + ":\n  " + String.join("\n  ", lastLines));
  }
}
