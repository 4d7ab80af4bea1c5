package app.meshguard.audit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TileIdTest {
  @Test
  void spellsNumbersAsTlogTilesDoes() {
    assertEquals(
        List.of("000", "067", "x001/x234/067", "x001/000"),
        List.of(TileId.path(0), TileId.path(67), TileId.path(1_234_067), TileId.path(1_000)));
  }

  @Test
  void readsWhatItSpells() {
    assertEquals(Optional.of(new TileId.Numbered(0, 256)), TileId.parse("000"));
    assertEquals(Optional.of(new TileId.Numbered(1_234_067, 256)), TileId.parse("x001/x234/067"));
    assertEquals(Optional.of(new TileId.Numbered(273, 112)), TileId.parse("273.p/112"));
  }

  @Test
  void refusesEveryOtherSpelling() {
    for (String path :
        List.of(
            "",
            "0",
            "67",
            "x000/067",
            "x001",
            "001/067",
            "1234",
            "000.p/0",
            "000.p/256",
            "000.p/01",
            "000.p/",
            "000.p/1/2",
            "-01",
            "x001/x234/067/",
            "../000",
            "000.p/999")) {
      assertEquals(Optional.empty(), TileId.parse(path), path);
    }
  }

  @Test
  void hasTheWidthsOfTheExample() {
    assertEquals(
        List.of(256, 112, 0, 256, 17, 1),
        List.of(
            new TileId(0, 272).width(70_000),
            new TileId(0, 273).width(70_000),
            new TileId(0, 274).width(70_000),
            new TileId(1, 0).width(70_000),
            new TileId(1, 1).width(70_000),
            new TileId(2, 0).width(70_000)));
  }
}
