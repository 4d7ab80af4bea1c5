package app.meshguard.chaos.stack;

import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Metrics;
import app.meshguard.chaos.line.Line;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A stack of its own, with lines between its processes that can be broken. It ends with this JVM,
 * however that ends.
 */
public final class ChaosStack implements AutoCloseable {
  private final Path home;
  private final Lines lines;
  private final Stack stack;

  private ChaosStack(Path home, Lines lines, Stack stack) {
    this.home = home;
    this.lines = lines;
    this.stack = stack;
  }

  /** Starts everything and waits until it is ready. */
  public static ChaosStack start(Path home) {
    Lines lines = new Lines();
    return new ChaosStack(home, lines, Stack.startGuarded(home, lines));
  }

  public Stack stack() {
    return stack;
  }

  /** Where it keeps its state and logs. */
  public Path home() {
    return home;
  }

  /** The address in front, without a slash at the end. */
  public String base() {
    return address(stack.baseUrl());
  }

  /** The line by which one process calls another. */
  public Line line(Part from, Part to) {
    return lines
        .between(from, to)
        .orElseThrow(
            () -> new IllegalArgumentException(from.label() + " does not call " + to.label()));
  }

  /**
   * Starts services anew with these settings above the usual; those that are not named run as
   * usual.
   */
  public void tell(Map<Part, Map<String, String>> settings) {
    for (Part service : Set.of(Part.TENANT, Part.DECISION, Part.AUDIT)) {
      lines.tell(service, settings.getOrDefault(service, Map.of()));
    }
    stack.up(step -> {});
  }

  /** Whether, within this time, the decision-service has shipped all that it has recorded. */
  public boolean isShippedWithin(Duration limit) {
    String replica = address(stack.url(Part.DECISION));
    return Await.within(
        limit, () -> Metrics.value(replica, "meshguard_shipper_lag_records") == 0.0);
  }

  private static String address(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() {
    stack.close();
    lines.close();
  }
}
