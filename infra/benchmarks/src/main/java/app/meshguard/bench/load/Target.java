package app.meshguard.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * One endpoint under load, with all that was measured of it so far: phases of different endpoints
 * take turns, so that a machine that slows down slows all of them.
 */
public final class Target {
  /** The callers that every endpoint gets. */
  public static final int CONNECTIONS = 32;

  private final String name;
  private final InetSocketAddress address;
  private final List<Request> mix;
  private final Tally burst = new Tally();
  private final Tally constant = new Tally();
  private long answered;

  public Target(String name, InetSocketAddress address, List<Request> mix) {
    this.name = name;
    this.address = address;
    this.mix = List.copyOf(mix);
  }

  public String name() {
    return name;
  }

  /** As fast as it answers; what is found does not count. */
  public void warmUp(Duration time) throws IOException {
    paced(time, Pace.UNLIMITED);
  }

  /** As fast as it answers. */
  public Measured burst(Duration time) throws IOException {
    return burst.add(paced(time, Pace.UNLIMITED));
  }

  /** As fast as {@code pace} allows. */
  public Measured paced(Duration time, Pace pace) throws IOException {
    Measured measured = new ClosedLoop(address, mix, CONNECTIONS).run(time, pace);
    answered += measured.answered();
    return measured;
  }

  /** At a rate that does not wait for the answers. */
  public Measured constant(int perSecond, Duration time) throws IOException, InterruptedException {
    Measured measured = new ConstantRate(address, mix, CONNECTIONS).run(perSecond, time);
    answered += measured.answered();
    return constant.add(measured);
  }

  /** All bursts taken as one. */
  public Measured bursts() {
    return burst.sum();
  }

  /** All constant rates taken as one. */
  public Measured constants() {
    return constant.sum();
  }

  /** Every request that this endpoint has answered, warm-up and all. */
  public long answered() {
    return answered;
  }
}
