package app.meshguard.audit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  private static final String ORIGIN = "example.com/log/a";

  @TempDir Path directory;

  @Test
  void remembersTheHighestHeadOfEachLog() {
    try (Guard guard = Guard.open(directory)) {
      guard.write(List.of(head(ORIGIN, 3), head("example.com/log/b", 7)));
      guard.write(List.of(head(ORIGIN, 9)));
    }

    try (Guard guard = Guard.open(directory)) {
      assertEquals(Optional.of(9L), guard.highest(ORIGIN).map(GuardedHead::size));
      assertEquals(Optional.of(7L), guard.highest("example.com/log/b").map(GuardedHead::size));
      assertEquals(2, guard.of("org_a").size());
      assertEquals(Set.of("org_a"), guard.tenants());
    }
  }

  @Test
  void isOneFileAfterEachStart() throws IOException {
    for (int i = 1; i <= 3; i++) {
      try (Guard guard = Guard.open(directory)) {
        guard.write(List.of(head(ORIGIN, i)));
      }
    }

    assertEquals(1, files().size());
  }

  @Test
  void believesNoTornLine() throws IOException {
    try (Guard guard = Guard.open(directory)) {
      guard.write(List.of(head(ORIGIN, 3)));
      guard.write(List.of(head(ORIGIN, 9)));
    }
    for (int cut = 1; cut < 40; cut++) {
      byte[] whole = Files.readAllBytes(files().getFirst());
      Path copy = Files.createDirectory(directory.resolve("cut-" + cut));
      Files.write(copy.resolve("x.guard"), Arrays.copyOf(whole, whole.length - cut));

      try (Guard guard = Guard.open(copy)) {
        assertEquals(Optional.of(3L), guard.highest(ORIGIN).map(GuardedHead::size));
      }
    }
  }

  @Test
  void refusesALineThatWasChanged() throws IOException {
    try (Guard guard = Guard.open(directory)) {
      guard.write(List.of(head(ORIGIN, 3)));
      guard.write(List.of(head(ORIGIN, 9)));
    }
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] ^= 1;
    Files.write(file, bytes);

    assertTrue(
        assertThrows(IllegalStateException.class, () -> Guard.open(directory))
            .getMessage()
            .contains("is damaged at byte 0"));
  }

  @Test
  void seesWhatAnotherProcessWrites() throws IOException {
    try (Guard guard = Guard.open(directory)) {
      Path other = directory.resolve("other.guard");
      Files.writeString(other, GuardLine.text(head(ORIGIN, 5)));
      guard.refresh();
      assertEquals(Optional.of(5L), guard.highest(ORIGIN).map(GuardedHead::size));

      Files.writeString(
          other, GuardLine.text(head(ORIGIN, 6)).substring(0, 20), StandardOpenOption.APPEND);
      guard.refresh();
      assertEquals(Optional.of(5L), guard.highest(ORIGIN).map(GuardedHead::size));

      Files.writeString(
          other, GuardLine.text(head(ORIGIN, 6)).substring(20), StandardOpenOption.APPEND);
      guard.refresh();
      assertEquals(Optional.of(6L), guard.highest(ORIGIN).map(GuardedHead::size));
    }
  }

  @Test
  void keepsTwoRootsOfOneSize() {
    GuardedHead other = new GuardedHead("org_a", 1, ORIGIN, 1, 3, new byte[32]);
    try (Guard guard = Guard.open(directory)) {
      guard.write(List.of(head(ORIGIN, 3), other));
      assertTrue(guard.contradiction(ORIGIN).isPresent());
    }
    try (Guard guard = Guard.open(directory)) {
      assertTrue(guard.contradiction(ORIGIN).isPresent());
    }
  }

  @Test
  void learnsWhoseLogAShipperKnows() {
    try (Guard guard = Guard.open(directory)) {
      guard.write(List.of(new GuardedHead(GuardedHead.UNKNOWN, 0, ORIGIN, 0, 12, new byte[32])));
      guard.write(List.of(head(ORIGIN, 3)));
      assertEquals(List.of(12L), guard.of("org_a").stream().map(GuardedHead::size).toList());
      assertEquals(1, guard.highest(ORIGIN).orElseThrow().epoch());
    }
  }

  private static GuardedHead head(String origin, long size) {
    byte[] root = new byte[32];
    Arrays.fill(root, (byte) size);
    return new GuardedHead("org_a", 1, origin, 1, size, root);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".guard")).toList();
    }
  }
}
