package app.meshguard.audit.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.hold.Hold;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.subject.Pseudonym;
import app.meshguard.audit.subject.Subject;
import app.meshguard.audit.subject.SubjectPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasurePageTest {
  private static final byte[] KEY = new byte[32];
  private static final String ANN = "{\"context\":{\"id\":\"ann\"},\"traceId\":\"t-1\"}";
  private static final String HELD = "{\"context\":{\"id\":\"ann\"},\"traceId\":\"t-2\"}";
  private static final String BOB = "{\"context\":{\"id\":\"bob\"}}";
  private static final Subject SUBJECT =
      new Subject(Pseudonym.of(KEY, "ann"), List.of(SubjectPath.parse("context.id").orElseThrow()));
  private static final Hold HOLD =
      new Hold(
          "hld_1", new Hold.Scope(null, "t-2", null, null, null), "r", "k", Instant.EPOCH, null);

  @Test
  void destroysWhatIsAboutThePersonAndNotHeldAndCanBeDestroyed() {
    ErasurePage page =
        ErasurePage.of(
            List.of(
                entry(1, "leaf", ANN, false),
                entry(2, "leaf", BOB, false),
                entry(3, "leaf", HELD, false),
                entry(4, ANN, ANN, false),
                entry(5, "leaf", null, false),
                entry(6, "leaf", null, true)),
            SUBJECT,
            List.of(HOLD),
            List.of(KEY));
    assertArrayEquals(new Long[] {1L}, page.indexes());
    assertEquals(1, page.held());
    assertEquals(Set.of("hld_1"), page.heldBy());
    assertEquals(1, page.unerasable());
    assertEquals(1, page.unreadable());
  }

  @Test
  void knowsActionsThatNameThePerson() {
    assertTrue(ErasurePage.names("read:api/users/Ann", "ann"));
    assertTrue(ErasurePage.names("ann", "ann"));
    assertTrue(ErasurePage.names("read:anna/ann@x", "ann"));
    assertFalse(ErasurePage.names("read:annals", "ann"));
    assertFalse(ErasurePage.names("", "ann"));
  }

  @Test
  void isToldInRanges() {
    assertEquals(List.of("0-2", "5", "7-8"), ErasureRecord.ranges(List.of(0L, 1L, 2L, 5L, 7L, 8L)));
    assertEquals(List.of(), ErasureRecord.ranges(List.of()));
  }

  private static LogEntry entry(long index, String leaf, String record, boolean damaged) {
    return new LogEntry(
        index,
        Instant.EPOCH,
        1,
        0,
        leaf.getBytes(StandardCharsets.UTF_8),
        record == null ? null : record.getBytes(StandardCharsets.UTF_8),
        damaged);
  }
}
