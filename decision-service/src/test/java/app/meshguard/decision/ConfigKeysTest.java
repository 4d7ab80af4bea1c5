package app.meshguard.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.decision.bundle.BundleConfig;
import app.meshguard.decision.evidence.EvidenceConfig;
import app.meshguard.decision.evidence.JournalConfig;
import app.meshguard.decision.keyuse.KeyUseConfig;
import app.meshguard.decision.limit.LimitConfig;
import app.meshguard.decision.proxy.EgressConfig;
import app.meshguard.decision.shipping.ShipperConfig;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A deployment sets these: a key or a default that changes is a change for all of them. */
class ConfigKeysTest {
  private static final String NONE = "";

  @Test
  void keepsKeysAndDefaults() {
    Map<String, String> found = new TreeMap<>();
    Stream.of(
            BundleConfig.class,
            EgressConfig.class,
            EvidenceConfig.class,
            JournalConfig.class,
            KeyUseConfig.class,
            LimitConfig.class,
            ShipperConfig.class)
        .map(ConfigClass::configClass)
        .forEach(
            settings ->
                settings
                    .getProperties()
                    .forEach((key, value) -> found.put(key, value == null ? NONE : value)));
    assertEquals(
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("meshguard.bundle.directory", "bundles"),
                Map.entry("meshguard.bundle.silence", "2s"),
                Map.entry("meshguard.bundle.max-backoff", "1s"),
                Map.entry("meshguard.egress.allow-private", "false"),
                Map.entry("meshguard.egress.connect-timeout", "5s"),
                Map.entry("meshguard.egress.idle-timeout", "60s"),
                Map.entry("meshguard.egress.pool-size", "64"),
                Map.entry("meshguard.evidence.durability", "local"),
                Map.entry("meshguard.journal.directory", "journal"),
                Map.entry("meshguard.journal.segment-bytes", "67108864"),
                Map.entry("meshguard.journal.max-bytes", "8589934592"),
                Map.entry("meshguard.journal.deadline", "2s"),
                Map.entry("meshguard.journal.keep", "1h"),
                Map.entry("meshguard.journal.max-age", "72h"),
                Map.entry("meshguard.journal.tenant-share", "0.5"),
                Map.entry("meshguard.journal.alarm-at", "0.8"),
                Map.entry("meshguard.journal.planted-fault", NONE),
                Map.entry("meshguard.key-use.pause", "60s"),
                Map.entry("meshguard.key-use.tick", "5s"),
                Map.entry("meshguard.limit.timeout", "1s"),
                Map.entry("meshguard.limit.max-batch", "500"),
                Map.entry("meshguard.limit.max-waiting", "20000"),
                Map.entry("meshguard.shipper.max-records", "5000"),
                Map.entry("meshguard.shipper.max-bytes", "4194304"),
                Map.entry("meshguard.shipper.gather", "200ms"),
                Map.entry("meshguard.shipper.give-way", "2s"),
                Map.entry("meshguard.shipper.hurry-at", "500000"),
                Map.entry("meshguard.shipper.max-backoff", "5s"),
                Map.entry("meshguard.shipper.grace", "5s"))),
        found);
  }
}
