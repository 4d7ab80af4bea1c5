package app.meshguard.decision.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.DecisionServiceUnderTest;
import app.meshguard.decision.ExampleTenant;
import app.meshguard.decision.limit.LimitResult.Exhausted;
import app.meshguard.decision.limit.LimitResult.Taken;
import app.meshguard.policy.BudgetClaim;
import app.meshguard.policy.LimitClaim;
import app.meshguard.policy.RateClaim;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  @Test
  void twoReplicasTogetherNeverSpendMoreThanTheBudget() {
    List<PostgresLimits> replicas =
        List.of(new PostgresLimits(pool, config), new PostgresLimits(pool, config));
    BigDecimal limit = new BigDecimal("100.10");
    List<BigDecimal> amounts = new ArrayList<>();
    List<CompletableFuture<LimitResult>> results = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      amounts.add(BigDecimal.valueOf(1 + i % 7 * 13, 1));
      BudgetClaim budget = budget("raced", amounts.get(i), limit);
      results.add(
          replicas
              .get(i % 2)
              .take(
                  i % 3 == 0
                      ? request("r-" + i, budget, claim("beside", 1000))
                      : request("r-" + i, budget)));
    }
    BigDecimal spent = BigDecimal.ZERO;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).join() instanceof Taken) {
        spent = spent.add(amounts.get(i));
      }
    }
    assertTrue(spent.compareTo(limit) <= 0, "spent " + spent);
    BigDecimal rest = limit.subtract(spent);
    PostgresLimits restarted = new PostgresLimits(pool, config);
    assertInstanceOf(
        Exhausted.class,
        restarted
            .take(request("more", budget("raced", rest.add(new BigDecimal("0.01")), limit)))
            .join());
    assertInstanceOf(
        Taken.class, restarted.take(request("rest", budget("raced", rest, limit))).join());
    assertInstanceOf(
        Taken.class,
        restarted.take(request("nothing", budget("raced", BigDecimal.ZERO, limit))).join());
  }

  @Test
  void aBudgetIsTakenOnceAndExactly() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    BigDecimal limit = new BigDecimal("0.3000000000000000000000000000001");
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(
          Taken.class, limits.take(request("b1", budget("tenths", "0.1", limit))).join());
    }
    assertInstanceOf(
        Taken.class, limits.take(request("b2", budget("tenths", "0.2", limit))).join());
    Exhausted out =
        assertInstanceOf(
            Exhausted.class,
            limits
                .take(request("b3", budget("tenths", "0.0000000000000000000000000000002", limit)))
                .join());
    assertTrue(Objects.requireNonNull(out.retryAfter()).compareTo(Duration.ofMinutes(59)) > 0);
    assertInstanceOf(
        Taken.class,
        limits
            .take(request("b4", budget("tenths", "0.0000000000000000000000000000001", limit)))
            .join());
  }

  @Test
  void saysWhenEnoughLeavesTheWindowOrThatItNeverWill() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    BigDecimal limit = BigDecimal.TEN;
    assertInstanceOf(Taken.class, limits.take(request("w1", budget("wait", "4", limit))).join());
    assertInstanceOf(Taken.class, limits.take(request("w2", budget("wait", "4", limit))).join());

    // In this order: whoever asks later has less to wait for the same.
    Duration forTen = wait(limits, "wait", "10");
    Duration forSix = wait(limits, "wait", "6");

    assertTrue(forSix.compareTo(forTen) < 0, forSix + " for six, " + forTen + " for ten");
    assertNull(
        assertInstanceOf(
                Exhausted.class,
                limits.take(request("w5", claim("wide", 5), budget("wait", "10.01", limit))).join())
            .retryAfter());
  }

  private static Duration wait(PostgresLimits limits, String rule, String amount) {
    return Objects.requireNonNull(
        assertInstanceOf(
                Exhausted.class,
                limits.take(request("wait-" + amount, budget(rule, amount, BigDecimal.TEN))).join())
            .retryAfter());
  }

  @Test
  void forgetsWhatHasLeftTheWindow() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    Duration window = Duration.ofMillis(50);
    int tries = 0;
    for (int granted = 0; granted < 5; tries++) {
      BudgetClaim brief =
          new BudgetClaim("p", "brief", null, BigDecimal.ONE, BigDecimal.TWO, window);
      if (limits.take(request("f" + tries, brief)).join() instanceof Taken) {
        granted++;
      }
    }
    BudgetClaim all = new BudgetClaim("p", "brief", null, BigDecimal.TWO, BigDecimal.TWO, window);
    while (!(limits.take(request("f" + tries, all)).join() instanceof Taken)) {
      tries++;
    }
    assertEquals(1, rows(all), "one row is left of six takes");
  }

  @Test
  void takesBudgetsAndRatesOfADecisionTogetherOrNone() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    LimitClaim one = claim("mixed", 1);
    BudgetClaim half = budget("mixed", "5", BigDecimal.TEN);
    assertInstanceOf(Taken.class, limits.take(request("m1", half, one)).join());
    assertEquals(
        one,
        assertInstanceOf(Exhausted.class, limits.take(request("m2", half, one)).join()).claim());
    assertInstanceOf(Taken.class, limits.take(request("m3", half)).join(), "m2 took nothing");
    BudgetClaim third = budget("mixed", "1", BigDecimal.TEN);
    assertInstanceOf(Exhausted.class, limits.take(request("m4", claim("other", 1), third)).join());
    assertInstanceOf(
        Taken.class, limits.take(request("m5", claim("other", 1))).join(), "m4 took nothing");
  }

  @Test
  void twoBudgetsOfOneRuleCountForThemselves() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    BudgetClaim euros = budget("two", "6", BigDecimal.TEN);
    BudgetClaim pieces = budget("two", "1", BigDecimal.TWO);
    assertInstanceOf(Taken.class, limits.take(request("t1", euros, pieces)).join());
    Exhausted out =
        assertInstanceOf(Exhausted.class, limits.take(request("t2", euros, pieces)).join());
    assertEquals(euros, out.claim());
    assertInstanceOf(
        Taken.class, limits.take(request("t3", budget("two", "4", BigDecimal.TEN), pieces)).join());
  }

  @Test
  void givesBackWhatADecisionTookOnce() {
    PostgresLimits limits = new PostgresLimits(pool, config);
    LimitRequest whole = request("g1", claim("given", 5), budget("given", "10", BigDecimal.TEN));
    assertInstanceOf(Taken.class, limits.take(whole).join());
    LimitRequest other = request("g2", budget("given", "10", BigDecimal.TEN));
    assertInstanceOf(Exhausted.class, limits.take(other).join());

    assertTrue(limits.refund(whole).join());
    assertTrue(limits.refund(whole).join(), "once more changes nothing");

    assertInstanceOf(Taken.class, limits.take(other).join());
    assertInstanceOf(
        Exhausted.class,
        limits.take(request("g3", budget("given", "0.01", BigDecimal.TEN))).join());
  }

  private long rows(BudgetClaim claim) {
    return pool.preparedQuery("select count(*) from budget_take where limit_key = $1")
        .execute(Tuple.of(Buffer.buffer(request("x", claim).keys().getFirst())))
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .iterator()
        .next()
        .getLong(0);
  }

  private static BudgetClaim budget(String rule, String amount, BigDecimal limit) {
    return budget(rule, new BigDecimal(amount), limit);
  }

  private static BudgetClaim budget(String rule, BigDecimal amount, BigDecimal limit) {
    return new BudgetClaim("p", rule, "key", amount, limit, Duration.ofHours(1));
  }

  private static LimitClaim claim(String rule, long limit) {
    return new RateClaim("p", rule, "key", limit, Duration.ofHours(1));
  }

  private static LimitRequest request(String decision, LimitClaim... claims) {
    return new LimitRequest(decision, ExampleTenant.ID, ExampleTenant.CLAIMS, List.of(claims));
  }
}
