package app.meshguard.decision.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.decision.evidence.ReceiptDesk.Order;
import app.meshguard.decision.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt is checked with a verifier that is not ours: Go's sumdb packages. Needs go. */
class ForeignReceiptTest {
  private static final Path VERIFIER = Path.of("../docs/verify/go").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void goVerifiesAReceiptAndRefusesAnotherRecord() throws Exception {
    Path program = folder.resolve("verify");
    assertEquals("", run(VERIFIER, "go", "build", "-o", program.toString(), "."));
    List<byte[]> records =
        IntStream.range(0, 7)
            .mapToObj(i -> ("{\"record\":" + i + "}").getBytes(StandardCharsets.UTF_8))
            .toList();
    String receipt;
    try (JournalDirectory directory = JournalDirectory.open(folder.resolve("journal"))) {
      ReceiptKey key = ReceiptKey.of(directory, "example.com");
      Map<String, String> entry = Map.of("origin", key.origin(), "vkey", key.verifierKey());
      Files.write(
          folder.resolve("keys.json"),
          new JsonText().value(Map.of("keys", List.of(entry))).toBytes());
      Receipts receipts = new Receipts(key);
      CompletableFuture<List<String>> done = new CompletableFuture<>();
      receipts.take(new Order(11, records, List.of(5), done::complete));
      receipts.start();
      receipt = done.join().getFirst();
      receipts.stop();
    }
    Files.writeString(folder.resolve("receipt.tlog-proof"), receipt);
    Files.write(folder.resolve("record"), records.get(5));
    Files.write(folder.resolve("another"), records.get(4));

    String good =
        run(folder, program.toString(), "receipt", "keys.json", "record", "receipt.tlog-proof");
    assertTrue(good.startsWith("The record is number 5 of example.com/journal/"), good);
    assertTrue(good.endsWith("positions 11 17.\n"), good);
    assertEquals(
        "NOT VERIFIED: the receipt is of another record\n",
        run(folder, program.toString(), "receipt", "keys.json", "another", "receipt.tlog-proof"));
    Files.writeString(folder.resolve("receipt.tlog-proof"), receipt.replace("11 17", "11 18"));
    String forged =
        run(folder, program.toString(), "receipt", "keys.json", "record", "receipt.tlog-proof");
    assertTrue(forged.startsWith("NOT VERIFIED: the signature"), forged);
  }

  private static String run(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
