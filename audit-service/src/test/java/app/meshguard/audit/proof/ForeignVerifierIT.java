package app.meshguard.audit.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.sign.SignNow;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.testsupport.TestPostgres;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a superuser of the database changes, a verifier that is not ours finds: Go's sumdb packages
 * walk the whole log through the tiles API.
 */
@RunningAuditService
class ForeignVerifierIT {
  private static final Path VERIFIER = Path.of("../docs/verify/go").toAbsolutePath().normalize();
  private static final int CHANGES = 500;
  private static final int ENTRIES = 700;

  @Inject SignNow sign;
  @Inject OwnerView owner;

  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @TempDir Path directory;

  private final TenantId tenant = SampleRecords.tenant();

  /** A bit of a column of one row, changed and changed back. */
  private record Bit(String table, String column, String row, int bit) {
    String flip() {
      return "UPDATE %1$s SET %2$s = set_bit(%2$s, %4$d, 1 - get_bit(%2$s, %4$d)) WHERE %3$s"
          .formatted(table, column, row, bit);
    }
  }

  @BeforeAll
  static void needsGo() throws InterruptedException {
    Tool.needs("go", "Go 1.24 or later");
  }

  @Test
  void findsEveryBitThatASuperuserChanges() throws Exception {
    fillTheLog();
    LogDump dump = new LogDump(tenant);
    dump.keys(directory.resolve("keys.json"));
    dump.log(1, ENTRIES, directory.resolve("as-it-is"));
    List<Bit> changes = changes();
    try (Connection superuser = superuser()) {
      for (int i = 0; i < changes.size(); i++) {
        flip(superuser, changes.get(i));
        dump.log(1, ENTRIES, directory.resolve("changed-" + i));
        flip(superuser, changes.get(i));
      }
    }
    dump.log(1, ENTRIES, directory.resolve("as-it-was"));

    List<String> lines = verify(changes.size());
    assertEquals("as-it-is: all 700 leaves verified", lines.getFirst());
    assertEquals("as-it-was: all 700 leaves verified", lines.get(1));
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (!lines.get(i + 2).startsWith("changed-" + i + ": NOT VERIFIED: ")) {
        missed.add(changes.get(i) + " " + lines.get(i + 2));
      }
    }
    assertEquals(List.of(), missed);
    assertTrue(lines.getLast().contains("500 of 502 logs"), lines.getLast());
  }

  @Test
  void findsAPayloadThatASuperuserChanges() throws Exception {
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    sign.upTo(tenant, 1);
    LogDump dump = new LogDump(tenant);
    dump.keys(directory.resolve("keys.json"));
    dump.fetch("proof?index=0", directory.resolve("proof"));
    String id =
        EntryId.of(
                0,
                owner
                    .entries(
                        "SELECT leaf FROM log_entry WHERE tenant_id = '" + tenant + "'",
                        row -> row.getBytes(1))
                    .getFirst())
            .toString();
    dump.fetch(id + "/opened", directory.resolve("as-it-is"));
    String of = "tenant_id = '" + tenant + "'";
    List<Bit> changes = new ArrayList<>();
    for (int bit = 0; bit < 600; bit += 7) {
      changes.add(new Bit("log_entry", "payload", of, bit));
    }
    for (int bit = 8; bit < 264; bit += 7) {
      changes.add(new Bit("log_entry", "seed", of, bit));
    }

    Path program = build();
    assertEquals(0, entry(program, "as-it-is").exit());
    try (Connection superuser = superuser()) {
      for (Bit change : changes) {
        flip(superuser, change);
        dump.fetch(id + "/opened", directory.resolve("changed"));
        flip(superuser, change);
        Tool found = entry(program, "changed");
        assertEquals(1, found.exit(), change + " " + found.output());
        assertTrue(found.output().contains("NOT VERIFIED"), found.output());
      }
    }
    // Whoever has the masters can seal another record; the leaf does not commit to it.
    String opened = Files.readString(directory.resolve("as-it-is"));
    Files.writeString(
        directory.resolve("forged"), opened.replace("\"record\":\"ey", "\"record\":\"eX"));
    assertTrue(entry(program, "forged").output().contains("not the one that the leaf commits to"));
  }

  private Tool entry(Path program, String opened) throws IOException, InterruptedException {
    return Tool.run(
        directory, Map.of(), List.of(program.toString(), "entry", "keys.json", opened, "proof"));
  }

  private void fillTheLog() {
    Shipper shipper = Shipper.registered();
    for (int batch = 0; batch < 7; batch++) {
      shipper.ship(Stream.generate(() -> SampleRecords.decision(tenant)).limit(100).toList());
      sign.upTo(tenant, (batch + 1) * 100L);
    }
  }

  private Path build() throws IOException, InterruptedException {
    Path program = directory.resolve("verify");
    Tool built =
        Tool.run(VERIFIER, Map.of(), List.of("go", "build", "-o", program.toString(), "."));
    assertEquals(0, built.exit(), built.output());
    return program;
  }

  private List<String> verify(int changes) throws IOException, InterruptedException {
    Path program = build();
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "log", "keys.json", "as-it-is", "as-it-was"));
    for (int i = 0; i < changes; i++) {
      command.add("changed-" + i);
    }
    return Tool.run(directory, Map.of(), command).output().lines().toList();
  }

  /** As many in entries as in tiles, and some in the checkpoint; the same in every run. */
  private List<Bit> changes() {
    String of = "tenant_id = '" + tenant + "'";
    List<Integer> leaves =
        owner.entries(
            "SELECT octet_length(leaf) FROM log_entry WHERE " + of + " ORDER BY idx",
            row -> row.getInt(1));
    int checkpoint = sign.logs(tenant).getFirst().checkpoint().length;
    Random random = new Random(4);
    List<Bit> changes = new ArrayList<>();
    while (changes.size() < CHANGES) {
      int index = random.nextInt(ENTRIES);
      changes.add(
          switch (changes.size() % 5) {
            case 0, 1 ->
                new Bit(
                    "log_entry",
                    "leaf",
                    of + " AND idx = " + index,
                    random.nextInt(8 * leaves.get(index)));
            case 2 -> new Bit("tile", "hashes", of + " AND level = 1", random.nextInt(8 * 32 * 2));
            case 3 ->
                new Bit(
                    "tile",
                    "hashes",
                    of + " AND level = 0 AND number = " + index / 256,
                    random.nextInt(8 * 32 * (index / 256 == 2 ? ENTRIES - 512 : 256)));
            default -> new Bit("log", "checkpoint", of, random.nextInt(8 * checkpoint));
          });
    }
    return changes;
  }

  private static void flip(Connection superuser, Bit bit) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(bit.flip())) {
      assertEquals(1, statement.executeUpdate(), bit.toString());
    }
  }

  private Connection superuser() throws SQLException {
    return DriverManager.getConnection(
        url, PostgresAccess.SUPERUSER, TestPostgres.access().password(PostgresAccess.SUPERUSER));
  }
}
