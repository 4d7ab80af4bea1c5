package app.meshguard.policy.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.value.JsonNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParserTest {
  private static final Map<String, Object> REQUEST =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("5")),
          Map.entry("price", new BigDecimal("50.01")),
          Map.entry("tiny", new BigDecimal("1e-400")),
          Map.entry("huge", new BigDecimal("9e6000")),
          Map.entry("absurd", new BigDecimal("1e2000000000")),
          Map.entry("text", "Hello"),
          Map.entry("path", "/srv/app/logs/today.log"),
          Map.entry("climb", "/srv/app/../etc"),
          Map.entry("yes", true),
          Map.entry("nothing", JsonNull.NULL),
          Map.entry("list", List.of("a", new BigDecimal("2"), "c")),
          Map.entry("ip", "10.1.2.3"),
          Map.entry("mapped", "::ffff:10.1.2.3"),
          Map.entry("when", "2026-11-20T11:50:00Z"),
          Map.entry("customer", Map.of("age_days", new BigDecimal("12"))));

  private static Facts facts() {
    return new Facts(
            "write:refund",
            Map.of("id", "order-7", "type", "order"),
            REQUEST,
            Map.of("trust_tier", "verified", "risk_level", "low", "department", "motor"),
            Set.of("support"),
            Map.of("depth", BigDecimal.ONE),
            Map.of(),
            Map.of("region", "eu"),
            Instant.parse("2026-11-20T12:00:00Z"))
        .in(ZoneId.of("Europe/Berlin"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "n == 5 | TRUE",
        "n == 5.00 | TRUE",
        "n == '5' | MISSING",
        "NOT n == '5' | MISSING",
        "0.1 + 0.2 == 0.3 | TRUE",
        "price > 50 | TRUE",
        "price * 100 == 5001 | TRUE",
        "n / 0 > 1 | MISSING",
        "huge * huge > 1 | MISSING",
        "absurd > 1 | TRUE",
        "absurd + 1 > 1 | MISSING",
        "1 / 3 * 3 < 1 | TRUE",
        "2 + 3 * 4 == 14 AND (2 + 3) * 4 == 20 | TRUE",
        "-n == 0 - 5 | TRUE",
        "gone > 1 OR n == 5 | TRUE",
        "gone > 1 AND n == 6 | FALSE",
        "gone > 1 AND n == 5 | MISSING",
        "gone > 1 OR n == 6 | MISSING",
        "NOT gone > 1 | MISSING",
        "nothing == null | TRUE",
        "nothing != null | FALSE",
        "n == null | FALSE",
        "n != null | TRUE",
        "gone == null | MISSING",
        "nothing == 5 | MISSING",
        "nothing != 5 | MISSING",
        "nothing < 5 | MISSING",
        "exists(n) | TRUE",
        "exists(gone) OR exists(nothing) | FALSE",
        "n IN [4, 5] | TRUE",
        "n NOT IN [4, 5] | FALSE",
        "n in ['5'] | MISSING",
        "nothing IN [null, 1] | TRUE",
        "gone NOT IN [1] | MISSING",
        "list CONTAINS 'a' | TRUE",
        "list CONTAINS 'z' | MISSING",
        "'a' IN list | TRUE",
        "text CONTAINS 'ell' | TRUE",
        "text CONTAINS 5 | MISSING",
        "text starts_with 'He' AND text ENDS_WITH 'lo' | TRUE",
        "n STARTS_WITH '5' | MISSING",
        "text MATCHES 'H*o' | TRUE",
        "text MATCHES 'H*x*' | FALSE",
        "text MATCHES '/^h/' | FALSE",
        "text MATCHES '/l{2}o$/' | TRUE",
        "text MATCHES '/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/' | FALSE",
        "text MATCHES '/^[[:alpha:]{}]\\p{Greek}{0,900}/' | TRUE",
        "path MATCHES_PATH '/srv/*/logs/*' | TRUE",
        "path MATCHES_PATH '/srv/*' | FALSE",
        "path MATCHES_PATH '/srv/**' | TRUE",
        "path MATCHES_PATH '/**/*.log' | TRUE",
        "climb MATCHES_PATH '/srv/**' | MISSING",
        "len(text) == 5 AND len(list) == 3 | TRUE",
        "len(n) == 1 | MISSING",
        "lower(text) == 'hello' | TRUE",
        "has_tag('support') AND NOT has_tag('vip') | TRUE",
        "cidr(ip, '10.0.0.0/8') | TRUE",
        "cidr(mapped, '10.1.0.0/16') | TRUE",
        "cidr(ip, '10.1.2.0/31') | FALSE",
        "cidr(text, '10.0.0.0/8') | MISSING",
        "age(when) == '10m' | TRUE",
        "age(when) < '5m' | FALSE",
        "age(text) < '5m' | MISSING",
        "customer.age_days < 30 | TRUE",
        "request.customer.age_days < 30 | TRUE",
        "resource == 'order-7' AND resource.type == 'order' | TRUE",
        "action == 'write:refund' | TRUE",
        "time.hour == 13 AND time.weekday == 5 AND time.minute == 0 | TRUE",
        "time.date == '2026-11-20' AND time.timezone == 'Europe/Berlin' | TRUE",
        "agent.trust_tier >= 'basic' AND agent.trust_tier < 'trusted' | TRUE",
        "agent.trust_tier > 'nonsense' | MISSING",
        "agent.risk_level <= 'medium' | TRUE",
        "env.region == 'eu' AND delegation.depth == 1 | TRUE",
        "yes | TRUE",
        "NOT yes | FALSE",
        "text | MISSING",
        "TRUE AND tRuE | TRUE",
        "text == 'it''s' | FALSE",
        "[1, 2] == [1, 2] | TRUE",
        "(n > 1) == true | TRUE",
      })
  void evaluates(String expression, Truth expected) throws ConditionProblem {
    assertEquals(expected, ConditionParser.parse(expression).test(facts()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1 | 2 | write == to compare",
        "a && b | 2 | write AND instead of &&",
        "a < b < c | 6 | chained",
        "a == | 4 | ends where a value is needed",
        "a == 'x | 5 | no closing",
        "(a == 1 | 7 | expected ')'",
        "a == 1 b == 2 | 7 | join conditions",
        "a contans 'x' | 2 | did you mean 'CONTAINS'",
        "hastag(a) | 0 | did you mean 'has_tag'",
        "time.hours > 1 | 0 | did you mean 'hour'",
        "a < 15m | 4 | write a duration in quotes",
        "5 + 3 | 0 | no condition",
        "a MATCHES '/home/' | 10 | MATCHES_PATH",
        "a MATCHES '/(/' | 10 | RE2",
        "a MATCHES '/(x{100}){100}/' | 10 | written out",
        "a MATCHES '/(([ab]{9}x){3,9}){90}/' | 10 | written out",
        "a MATCHES b | 10 | text in quotes",
        "budget(a, 5) | 0 | budget takes an amount",
        "budget(a, 0, '1d') | 0 | number above 0",
        "budget(-1, 5, '1d') | 0 | not negative",
        "budget(a, 5, 'soon') | 0 | is no window",
        "a OR budget(a, 5, '1d') | 0 | whole condition",
        "rate_limit(0, '1h') | 0 | whole number from 1",
        "rate_limit(5, 'soon') | 0 | is no window",
        "NOT rate_limit(5, '1h') | 0 | whole condition",
        "exists('a') | 0 | takes a path",
        "cidr(a, '10.0.0.0/33') | 0 | from 0 to 32",
      })
  void refusesAndSaysWhatToDo(String expression, int offset, String message) {
    ConditionProblem problem =
        assertThrows(ConditionProblem.class, () -> ConditionParser.parse(expression));

    assertTrue(problem.description().contains(message), problem::description);
    assertEquals(offset, problem.offset());
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() {
    String deep = "(".repeat(40) + "a" + ")".repeat(40);
    assertThrows(ConditionProblem.class, () -> ConditionParser.parse(deep));
    assertThrows(ConditionProblem.class, () -> ConditionParser.parse("NOT ".repeat(40) + "a"));
    String longest = "a == '" + "x".repeat(5_000) + "'";
    assertThrows(ConditionProblem.class, () -> ConditionParser.parse(longest));
  }

  @Test
  void longChainsAreNoNesting() throws ConditionProblem {
    String chain = "n == 5 AND ".repeat(300) + "n == 5";
    assertEquals(Truth.TRUE, ConditionParser.parse(chain).test(facts()));
    String sum = "n" + "+1".repeat(2_000) + "==2005";
    assertEquals(Truth.TRUE, ConditionParser.parse(sum).test(facts()));
  }
}
