package app.meshguard.chaos.load;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Callers that call without pause until they are stopped, whatever breaks under them. */
public final class Load implements AutoCloseable {
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final List<Thread> callers = new ArrayList<>();

  /** Starts {@code number} callers, who make {@code call} again and again. */
  public Load(int number, Runnable call) {
    for (int i = 0; i < number; i++) {
      callers.add(Thread.ofVirtual().start(() -> repeat(call)));
    }
  }

  private void repeat(Runnable call) {
    while (running.get()) {
      try {
        call.run();
      } catch (UncheckedIOException e) {
        // The service was killed under this call: no answer, so nothing to note.
        Thread.yield();
      }
    }
  }

  /** Returns when every caller has had its last answer. */
  @Override
  public void close() {
    running.set(false);
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
