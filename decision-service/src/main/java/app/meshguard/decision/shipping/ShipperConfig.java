package app.meshguard.decision.shipping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the way to the audit-service. */
@ConfigMapping(prefix = "meshguard.shipper")
public interface ShipperConfig {

  @WithDefault("5000")
  int maxRecords();

  @WithDefault("4194304")
  int maxBytes();

  /**
   * How long a batch that is not full waits for more. Each batch costs forces on the other side,
   * and a row of a large batch a third of one of a small batch.
   */
  @WithDefault("200ms")
  Duration gather();

  /** The pause after a batch while decisions come in a burst. */
  @WithDefault("2s")
  Duration giveWay();

  /** Records behind at which no burst is given way to any more. */
  @WithDefault("500000")
  long hurryAt();

  /** The longest pause between two tries. */
  @WithDefault("5s")
  Duration maxBackoff();

  /** How long a service that stops goes on shipping. */
  @WithDefault("5s")
  Duration grace();
}
