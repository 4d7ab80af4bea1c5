package app.meshguard.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** The replicas' clocks stand where a token that was made a moment ago is valid. */
class DemoClockTest {

  @Test
  void isLaterTodayWhenTheTimeIsStillToCome() {
    assertEquals(
        Instant.parse("2026-11-20T23:30:00Z"),
        Demo.next(LocalTime.of(23, 30), Instant.parse("2026-11-20T10:15:30.5Z")));
  }

  @Test
  void isTomorrowWhenTheTimeHasPassed() {
    assertEquals(
        Instant.parse("2026-11-21T03:00:00Z"),
        Demo.next(LocalTime.of(3, 0), Instant.parse("2026-11-20T10:15:30.5Z")));
  }
}
