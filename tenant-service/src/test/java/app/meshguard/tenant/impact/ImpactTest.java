package app.meshguard.tenant.impact;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.identity.ServiceIdentity;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.engine.EngineTenants;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.testsupport.TestKeys;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImpactTest {
  private static final TenantId TENANT = new TenantId("org_0123456789abcdef");
  private static final ImpactRequest ALL =
      new ImpactRequest(
          null, List.of(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Integer.MAX_VALUE);
  private static final long LIMIT_NANOS = 60_000_000_000L;

  /** A log without end, of which a page comes when the test lets it. */
  private static final class Endless extends RecordedCalls {
    private final Semaphore pages = new Semaphore(0);

    Endless(ServiceIdentity identity) {
      super(Optional.<URI>empty(), identity);
    }

    @Override
    Page page(TenantId tenant, Instant from, Instant to, @Nullable String cursor, int most) {
      pages.acquireUninterruptibly();
      return endless();
    }

    static Page endless() {
      return new Page(List.of(Recorded.refund(20)), "more");
    }
  }

  private final Endless log = new Endless(TestKeys.identity("tenant-service"));
  private final Impact impact = new Impact(new EngineTenants(), log, new TenantTransaction());

  private AssertSubscriber<ImpactView> run() {
    PolicySet none = PolicySet.compile(List.of(), TenantRules.DEFAULT);
    EngineTenant tenant = new EngineTenant(List.of(), TenantRules.DEFAULT, Map.of(), Map.of());
    Impact.Prepared prepared =
        new Impact.Prepared(TENANT, ALL, new Replay(tenant, none, none), Endless.endless());
    return impact.run(prepared).subscribe().withSubscriber(AssertSubscriber.create(10));
  }

  @Test
  void stopsWhenTheClientGoesAway() {
    AssertSubscriber<ImpactView> one = run().awaitItems(1);
    AssertSubscriber<ImpactView> other = run().awaitItems(1);
    assertThrows(RequestRefused.class, this::run);

    one.cancel();
    other.cancel();
    log.pages.release(2);

    assertTrue(isAcceptedAgain(), "a replay goes on though nobody listens");
  }

  private boolean isAcceptedAgain() {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (System.nanoTime() < end) {
      try {
        run().cancel();
        log.pages.release();
        return true;
      } catch (RequestRefused e) {
        Thread.onSpinWait();
      }
    }
    return false;
  }
}
