package app.meshguard.decision.evidence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the journal. */
@ConfigMapping(prefix = "meshguard.journal")
public interface JournalConfig {

  /** Where the journal is; on a volume of its own in production. */
  @WithDefault("journal")
  Path directory();

  /** Size of one segment file in bytes. */
  @WithDefault("67108864")
  int segmentBytes();

  /**
   * How much disk the journal may take. When it is full of records that the audit-service has not
   * taken, decisions are answered 503.
   */
  @WithDefault("8589934592")
  long maxBytes();

  /**
   * For how long a record may wait for the audit-service; decisions are answered 503 when the
   * oldest has waited longer, for then it is too long on one disk only.
   */
  @WithDefault("72h")
  Duration maxAge();

  /**
   * The part of {@link #maxBytes()} that one tenant's records may take before they are shipped, so
   * that one cannot fill the journal for all.
   */
  @WithDefault("0.5")
  double tenantShare();

  /** The part of {@link #maxBytes()} or {@link #maxAge()} at which readiness turns red. */
  @WithDefault("0.8")
  double alarmAt();

  /** A decision whose force takes longer is answered 503. */
  @WithDefault("2s")
  Duration deadline();

  /**
   * How long a segment stays after the audit-service has committed it: at least the interval of its
   * backups. Room for new records goes first.
   */
  @WithDefault("1h")
  Duration keep();

  /** Breaks the promise on purpose, for the test that must find it; only in the profile test. */
  Optional<String> plantedFault();
}
