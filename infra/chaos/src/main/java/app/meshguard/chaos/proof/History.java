package app.meshguard.chaos.proof;

import app.meshguard.chaos.client.Http;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;

/** All that happened, one line of JSON each: for who looks for the cause of a finding. */
public final class History implements AutoCloseable {
  private final Path file;
  private final BufferedWriter out;
  private final Clock clock = Clock.systemUTC();
  private final ReentrantLock lock = new ReentrantLock();

  public History(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public Path file() {
    return file;
  }

  /** A caller got an answer. */
  public void answered(
      String tenant, String trace, String what, int status, String decision, String id) {
    ObjectNode line = line("answer");
    line.put("tenant", tenant).put("trace", trace).put("call", what).put("status", status);
    write(line.put("decision", decision).put("decisionId", id));
  }

  /** A caller got none. */
  public void broken(String trace, UncheckedIOException why) {
    write(line("broken").put("trace", trace).put("why", why.getMessage()));
  }

  /** An administrator's write was answered. */
  public void wrote(String tenant, String what, int status) {
    write(line("write").put("tenant", tenant).put("what", what).put("status", status));
  }

  /** Something was broken on purpose, or mended. */
  public void fault(String name, String step) {
    write(line("fault").put("fault", name).put("step", step));
  }

  private ObjectNode line(String kind) {
    return Http.JSON.createObjectNode().put("at", clock.instant().toString()).put("kind", kind);
  }

  private void write(ObjectNode line) {
    lock.lock();
    try {
      out.write(line.toString());
      out.newLine();
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + file, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
