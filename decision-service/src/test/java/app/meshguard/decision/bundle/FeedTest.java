package app.meshguard.decision.bundle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.ExampleTenant;
import app.meshguard.testsupport.TestKeys;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The feed against a tenant-service that comes and goes. */
@Timeout(60)
class FeedTest {
  @TempDir Path folder;
  private final FeedServer server = new FeedServer();
  private FeedState state;
  private Bundles bundles;
  private Feed feed;

  @BeforeEach
  void open() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    if (feed != null) {
      feed.stop(new ShutdownEvent());
    }
    server.stop();
  }

  @Test
  void comesBackWhenTheFeedEnds() {
    follow(Duration.ofSeconds(20));
    server.endStreams();
    await(() -> server.subscriptions() >= 2 && state.isConnected());
    assertTrue(bundles.isLoaded());
  }

  @Test
  void takesASilentFeedForDead() {
    follow(Duration.ofMillis(200));
    server.fallSilent();
    await(() -> server.subscriptions() >= 2);
  }

  @Test
  void growsOldWhileNobodyAnswers() {
    follow(Duration.ofSeconds(20));
    server.refuse();
    server.endStreams();
    await(() -> !state.isConnected() && server.refusals() >= 2);
    long then = bundles.ageMs(ExampleTenant.ID);
    await(() -> bundles.ageMs(ExampleTenant.ID) > then);
    assertFalse(state.isConnected());

    server.answer();
    await(state::isConnected);
  }

  private void follow(Duration silence) {
    Clock clock = Clock.systemUTC();
    BundleConfig config = TestBundles.config(folder, silence);
    Freshness freshness = new Freshness(config, clock);
    bundles = new Bundles(freshness, clock);
    Replica replica = TestBundles.replica("decision-1");
    state = new FeedState(freshness, jwks -> {}, replica);
    SectionReader reader = new SectionReader(TestKeys.trustedBy("decision-service"));
    TenantService service =
        new TenantService(server.url(), TestKeys.identity("decision-service"), new ObjectMapper());
    BundleStore store = new BundleStore(config);
    BundleSync sync = new BundleSync(service, new BundleAssembly(reader), store, bundles, replica);
    feed = new Feed(service, reader, sync, store, bundles, state, config);
    feed.start(new StartupEvent());
    await(() -> state.isConnected() && bundles.isLoaded());
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
