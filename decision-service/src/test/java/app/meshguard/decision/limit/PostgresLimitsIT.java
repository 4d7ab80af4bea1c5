package app.meshguard.decision.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.DecisionServiceUnderTest;
import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.limit.LimitResult.Exhausted;
import app.meshguard.decision.limit.LimitResult.Taken;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = DecisionServiceUnderTest.class, restrictToAnnotatedClass = true)
class PostgresLimitsIT {
  @Inject Pool pool;
  @Inject LimitConfig config;

  @Test
  void twoReplicasTogetherGrantExactlyTheLimit() {
    List<PostgresLimits> replicas =
        List.of(new PostgresLimits(pool, config), new PostgresLimits(pool, config));
    List<CompletableFuture<LimitResult>> results = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      results.add(replicas.get(i % 2).take(request("exact-" + i, claim("shared", 37))));
    }
    long granted =
        results.stream().map(CompletableFuture::join).filter(Taken.class::isInstance).count();
    assertEquals(37, granted);
  }

  @Test
  void aDecisionCountsOnce() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    for (int i = 0; i < 5; i++) {
      assertInstanceOf(Taken.class, limits.take(request("same", claim("once", 2))).join());
    }
    assertInstanceOf(Taken.class, limits.take(request("other", claim("once", 2))).join());
    Exhausted exhausted =
        assertInstanceOf(Exhausted.class, limits.take(request("third", claim("once", 2))).join());
    assertTrue(exhausted.retryAfter().compareTo(Duration.ofMinutes(59)) > 0);
  }

  @Test
  void takesAllLimitsOfADecisionOrNone() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    LimitClaim wide = claim("wide", 2);
    LimitClaim narrow = claim("narrow", 1);
    assertInstanceOf(Taken.class, limits.take(request("a", wide, narrow)).join());
    Exhausted exhausted =
        assertInstanceOf(Exhausted.class, limits.take(request("b", wide, narrow)).join());
    assertEquals(narrow, exhausted.claim());
    assertInstanceOf(Taken.class, limits.take(request("c", wide)).join(), "b took nothing");
  }

  @Test
  void goesOnWhenTheWindowHasPassed() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    LimitClaim brief = new RateClaim("p", "brief", null, 1, Duration.ofMillis(50));
    assertInstanceOf(Taken.class, limits.take(request("w0", brief)).join());
    int tries = 1;
    while (!(limits.take(request("w" + tries, brief)).join() instanceof Taken)) {
      tries++;
    }
    assertTrue(tries >= 1);
  }

  @Test
  void aSmallerNumberCountsWhatWasTakenBefore() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Taken.class, limits.take(request("s" + i, claim("edited", 5))).join());
    }
    assertInstanceOf(Exhausted.class, limits.take(request("s9", claim("edited", 3))).join());
  }

  private static LimitClaim claim(String rule, long limit) {
    return new RateClaim("p", rule, "key", limit, Duration.ofHours(1));
  }

  private static LimitRequest request(String decision, LimitClaim... claims) {
    return new LimitRequest(decision, ExampleTenant.ID, ExampleTenant.CLAIMS, List.of(claims));
  }
}
