package app.meshguard.local.process;

import app.meshguard.processes.FreePorts;
import app.meshguard.processes.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The loopback ports of a stack's processes, kept from one start to the next, so that a process
 * that is started again is found where it was.
 */
public final class Ports {
  private final Path file;
  private final Map<String, Integer> ports = new TreeMap<>();

  public Ports(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
      properties.stringPropertyNames().stream()
          .forEach(name -> ports.put(name, Integer.valueOf(properties.getProperty(name))));
    }
  }

  /** Where the process is, or will be: the old port unless it is dead and another took its port. */
  public int of(String process, boolean running) {
    Integer known = ports.get(process);
    if (known != null && (running || FreePorts.isFree(known))) {
      return known;
    }
    return keep(process, FreePorts.next());
  }

  public int keep(String process, int port) {
    ports.put(process, port);
    StringBuilder text = new StringBuilder();
    ports.forEach((name, number) -> text.append(name).append('=').append(number).append('\n'));
    PrivateFiles.write(file, text.toString());
    return port;
  }
}
