package app.meshguard.audit.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T10:15:30.123456Z",
        "1970-01-01T00:00:00.000000Z",
        "2028-02-29T23:59:59.999999Z",
        "2026-11-20T10:15:30Z",
        "2026-11-20T10:15:30.5+02:00"
      })
  void readsWhatTheJdkReads(String text) {
    assertEquals(OffsetDateTime.parse(text), RecordedTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-30T10:15:30.123456Z",
        "2026-11-20T24:00:01.000000Z",
        "2026-11-20 10:15:30.123456Z",
        "2026-11-20T10:15:30.12345xZ",
        "2026-13-20T10:15:30.123456Z"
      })
  void refusesWhatTheJdkRefuses(String text) {
    assertThrows(DateTimeException.class, () -> OffsetDateTime.parse(text));
    assertThrows(DateTimeException.class, () -> RecordedTime.parse(text));
  }
}
