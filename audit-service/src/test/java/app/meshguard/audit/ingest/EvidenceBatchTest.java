package app.meshguard.audit.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvidenceBatchTest {
  private static final UUID JOURNAL = UUID.randomUUID();

  @Test
  void knowsWhereEachRecordIs() {
    EvidenceBatch batch = Batches.of(JOURNAL, 7, List.of("one", "", "three"));

    assertEquals(3, batch.size());
    assertEquals(9, batch.lastPosition());
    assertEquals(
        "three", new String(batch.body(), batch.start(2), batch.length(2), StandardCharsets.UTF_8));
    assertEquals(0, batch.length(1));
    assertArrayEquals(HexFormat.of().parseHex(ApiKey.sha256("one")), batch.hashAt(7));
  }

  @Test
  void refusesAnotherHashAnUnfinishedLineAndTooMuch() {
    assertEquals(ProblemCode.INVALID_REQUEST, refusal("one\n", ApiKey.sha256("two\n"), 1));
    assertEquals(ProblemCode.INVALID_REQUEST, refusal("one", ApiKey.sha256("one"), 1));
    assertEquals(ProblemCode.INVALID_REQUEST, refusal("", ApiKey.sha256(""), 1));
    assertEquals(ProblemCode.INVALID_REQUEST, refusal("one\n", ApiKey.sha256("one\n"), 0));
    String many = Batches.text(Collections.nCopies(5_001, "{}"));
    assertEquals(ProblemCode.PAYLOAD_TOO_LARGE, refusal(many, ApiKey.sha256(many), 1));
    String large = "x".repeat(8 << 20) + "\n";
    assertEquals(ProblemCode.PAYLOAD_TOO_LARGE, refusal(large, ApiKey.sha256(large), 1));
  }

  @Test
  void comparesItselfToWhatIsCommitted() {
    EvidenceBatch batch = Batches.of(JOURNAL, 5, List.of("five", "six", "seven"));

    assertEquals(new Overlap.Continues(0), Overlap.of(batch, 4, hash("four")));
    assertEquals(new Overlap.Continues(1), Overlap.of(batch, 5, hash("five")));
    assertEquals(new Overlap.Continues(3), Overlap.of(batch, 7, hash("seven")));
    assertEquals(new Overlap.Continues(3), Overlap.of(batch, 100, hash("a hundred")));
    assertInstanceOf(Overlap.Gap.class, Overlap.of(batch, 3, hash("three")));
    assertInstanceOf(Overlap.Gap.class, Overlap.of(batch, 0, null));
    assertEquals(new Overlap.Conflict(6), Overlap.of(batch, 6, hash("another six")));
  }

  private static byte[] hash(String record) {
    return HexFormat.of().parseHex(ApiKey.sha256(record));
  }

  private static ProblemCode refusal(String body, String hash, long first) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return assertThrows(Refused.class, () -> EvidenceBatch.read(JOURNAL, first, hash, bytes))
        .code();
  }
}
