package app.meshguard.chaos.stack;

import app.meshguard.chaos.line.Line;
import app.meshguard.local.Part;
import app.meshguard.local.Wiring;
import app.meshguard.processes.PostgresAccess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A line between every two processes of a stack that talk, and what tests tell its services. */
final class Lines implements Wiring, AutoCloseable {
  private final Map<Way, End> ends = new LinkedHashMap<>();
  private final Map<Part, Map<String, String>> told = new EnumMap<>(Part.class);

  /** Who calls whom. */
  record Way(Part from, Part to) {
    @Override
    public String toString() {
      return from.label() + " to " + to.label();
    }
  }

  @Override
  public synchronized URI service(Part caller, Part called, URI address) {
    int port = end(new Way(caller, called)).at(address.getHost(), address.getPort());
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public synchronized PostgresAccess postgres(Part caller, PostgresAccess access) {
    return access.at(end(new Way(caller, Part.POSTGRES)).at(access.host(), access.port()));
  }

  @Override
  public synchronized Map<String, String> settings(Part service) {
    return told.getOrDefault(service, Map.of());
  }

  /** From its next start on, the service is told this, and nothing of what it was told before. */
  synchronized void tell(Part service, Map<String, String> settings) {
    told.put(service, Map.copyOf(settings));
  }

  synchronized Optional<Line> between(Part from, Part to) {
    return Optional.ofNullable(ends.get(new Way(from, to))).map(end -> end.line);
  }

  private End end(Way way) {
    return ends.computeIfAbsent(way, made -> new End());
  }

  @Override
  public synchronized void close() {
    ends.values().forEach(end -> end.line.close());
  }

  /** The far end of a line, which moves when a server takes another port. */
  private static final class End {
    private volatile InetSocketAddress address = InetSocketAddress.createUnresolved("", 0);
    private final Line line = new Line(() -> address);

    int at(String host, int port) {
      address = new InetSocketAddress(host, port);
      return line.port();
    }
  }
}
