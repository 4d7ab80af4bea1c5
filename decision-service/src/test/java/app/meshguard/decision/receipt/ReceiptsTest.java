package app.meshguard.decision.receipt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.evidence.ReceiptDesk.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
  @TempDir Path folder;

  @Test
  void provesEachRecordOfABatch() throws Exception {
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      Receipts receipts = new Receipts(ReceiptKey.of(directory, "example.com"));
      for (int size = 1; size <= 33; size++) {
        List<byte[]> records = records(size);
        List<Integer> all = IntStream.range(0, size).boxed().toList();
        CompletableFuture<List<String>> done = new CompletableFuture<>();
        receipts.take(new Order(100, records, all, done::complete));
        if (size == 1) {
          receipts.start();
        }
        List<String> made = done.join();
        for (int i = 0; i < size; i++) {
          ReceiptCheck check = ReceiptCheck.of(made.get(i), key(directory));
          assertTrue(check.holds(records.get(i)), size + ":" + i);
          assertFalse(check.holds("another".getBytes(StandardCharsets.UTF_8)));
          assertEquals(List.of("positions 100 " + (99 + size)), check.extensions());
        }
      }
      receipts.stop();
    }
  }

  @Test
  void whatIsStoredMeanwhileSharesATree() throws Exception {
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      Receipts receipts = new Receipts(ReceiptKey.of(directory, "example.com"));
      List<CompletableFuture<List<String>>> done = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        CompletableFuture<List<String>> one = new CompletableFuture<>();
        done.add(one);
        receipts.take(new Order(1 + 2 * i, records(2), List.of(1), one::complete));
      }
      receipts.start();
      ReceiptCheck check = ReceiptCheck.of(done.get(2).join().getFirst(), key(directory));
      assertTrue(check.holds(records(2).get(1)));
      assertEquals(List.of("positions 1 6"), check.extensions());
      receipts.stop();
    }
  }

  @Test
  void theKeyStaysWithTheJournalAndIsPrivate() throws IOException {
    String first;
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      first = key(directory);
    }
    try (JournalDirectory directory = JournalDirectory.open(folder)) {
      assertEquals(first, key(directory));
      assertTrue(first.startsWith("example.com/journal/" + directory.id() + "+"), first);
    }
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("receipt.key")));
    assertArrayEquals(
        new byte[] {1},
        java.util.Arrays.copyOf(Base64.getDecoder().decode(first.split("\\+", 3)[2]), 1));
  }

  private static String key(JournalDirectory directory) throws IOException {
    return ReceiptKey.of(directory, "example.com").verifierKey();
  }

  private static List<byte[]> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ("record " + i).getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
