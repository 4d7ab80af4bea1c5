package app.meshguard.decision.bundle;

import app.meshguard.decision.SignedBundles;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Bundles in memory, for tests of what uses them. */
public final class TestBundles {
  private TestBundles() {}

  public static TenantBundle compile(SignedBundles.Bundle bundle) {
    return new TenantBundle(
        bundle.policies().tenantId(),
        CompiledPolicies.of(
            bundle.policies(), CompiledPolicies.rulesOf(bundle.directory().settings())),
        new Directory(bundle.directory()),
        new Revocations(bundle.revocations().revoked()),
        bundle.revocations().version());
  }

  /** From signed sections on disk, as at a start. */
  public static TenantBundle load(Path directory, TenantId tenant) throws IOException {
    BundleStore store = new BundleStore(config(directory));
    SectionReader reader = new SectionReader(TestKeys.trustedBy("decision-service"));
    try {
      return new BundleAssembly(reader)
          .assemble(tenant, null, section -> store.read(tenant, section));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In force, and heard of at the given time of the clock. */
  public static Bundles holding(TenantBundle bundle, Clock clock) {
    Freshness freshness = new Freshness(config(), clock);
    freshness.heard();
    Bundles bundles = new Bundles(freshness, clock);
    bundles.put(bundle);
    bundles.loaded();
    return bundles;
  }

  public static void revoke(Bundles bundles, TenantId tenant, Revocation revocation) {
    bundles.revoke(tenant, List.of(revocation));
  }

  public static Replica replica(String name) {
    return new Replica(java.util.Optional.of(name));
  }

  private static BundleConfig config() {
    try {
      Path directory = Files.createTempDirectory("meshguard-bundles-");
      directory.toFile().deleteOnExit();
      return config(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BundleConfig config(Path directory) {
    return config(directory, Duration.ofSeconds(2));
  }

  static BundleConfig config(Path directory, Duration silence) {
    return new BundleConfig() {
      @Override
      public Path directory() {
        return directory;
      }

      @Override
      public Duration silence() {
        return silence;
      }

      @Override
      public Duration maxBackoff() {
        return Duration.ofMillis(100);
      }
    };
  }
}
