package app.meshguard.endtoend;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Callers that ask without pause until they are stopped, noting every answer in a ledger. */
final class Load implements AutoCloseable {
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final List<Thread> callers = new ArrayList<>();

  Load(int number, Ledger ledger, Supplier<Answer> call) {
    for (int i = 0; i < number; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (running.get()) {
                      try {
                        ledger.note(call.get());
                      } catch (UncheckedIOException e) {
                        // The service was killed under this call: no answer, so nothing to note.
                        Thread.yield();
                      }
                    }
                  }));
    }
  }

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
