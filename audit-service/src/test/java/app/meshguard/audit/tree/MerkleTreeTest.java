package app.meshguard.audit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final int SIZES = 300;

  private final TreeHasher hasher = new TreeHasher();
  private final Tiles stored = new Tiles();

  @Test
  void hasTheRootOfTheRfcsExample() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        hex(new MerkleTree(0, new Tiles()).root()));
    // The trees of RFC 6962's reference implementation: entries of 0 to 16 bytes.
    List<byte[]> leaves =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(entry -> hasher.leaf(HexFormat.of().parseHex(entry)))
            .toList();
    grow(RightEdge.empty(), leaves);
    assertEquals(
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        hex(new MerkleTree(8, this::tile).root()));
  }

  @Test
  void agreesWithTheDefinitionsForEveryIndexAndSize() {
    List<byte[]> leaves = leaves(SIZES);
    NaiveTree naive = new NaiveTree(leaves);
    RightEdge edge = RightEdge.empty();
    for (int size = 1; size <= SIZES; size++) {
      edge = grow(edge, leaves.subList(size - 1, size));
      MerkleTree tree = new MerkleTree(size, this::tile);
      byte[] root = naive.root(size);
      assertArrayEquals(root, tree.root());
      assertArrayEquals(root, edge.root());
      for (int i = 0; i < size; i++) {
        assertSame(naive.path(i, size), tree.inclusion(i));
        assertSame(naive.proof(i + 1, size), tree.consistency(i + 1));
      }
    }
    // Tiles that have grown since serve the trees of old.
    for (int size = 1; size <= SIZES; size++) {
      assertArrayEquals(naive.root(size), new MerkleTree(size, this::tile).root());
    }
  }

  @Test
  void agreesWithTheDefinitionsWhereTilesOfTilesFill() {
    int size = 256 * 256 + 300;
    List<byte[]> leaves = leaves(size);
    NaiveTree naive = new NaiveTree(leaves);
    RightEdge edge = grow(RightEdge.empty(), leaves.subList(0, 65_535));
    // In steps of any size, each from what is stored.
    edge = grow(edge, leaves.subList(65_535, 65_536));
    grow(RightEdge.read(65_536, this::tile), leaves.subList(65_536, size));

    MerkleTree tree = new MerkleTree(size, this::tile);
    assertArrayEquals(naive.root(size), tree.root());
    assertArrayEquals(naive.root(size), RightEdge.read(size, this::tile).root());
    for (int index : new int[] {0, 1, 255, 256, 32_767, 65_535, 65_536, 65_791, size - 1}) {
      assertSame(naive.path(index, size), tree.inclusion(index));
      assertSame(naive.proof(index + 1, size), tree.consistency(index + 1));
      assertArrayEquals(leaves.get(index), tree.leaf(index));
    }
    assertEquals(
        List.of(256, 1), List.of(new TileId(1, 0).width(size), new TileId(2, 0).width(size)));
  }

  /** All leaves alike, so that a tree of 2^40 leaves is known without being built. */
  @Test
  void reachesFarBeyondWhatIsBuiltHere() {
    byte[] leaf = hasher.leaf(new byte[] {1});
    List<byte[]> heights = new ArrayList<>(List.of(leaf));
    for (int h = 1; h <= 48; h++) {
      heights.add(hasher.node(heights.getLast(), heights.getLast()));
    }
    TileReader alike =
        (id, width) -> {
          byte[] hashes = new byte[width * TreeHasher.LENGTH];
          for (int i = 0; i < width; i++) {
            System.arraycopy(
                heights.get(8 * id.level()), 0, hashes, i * TreeHasher.LENGTH, TreeHasher.LENGTH);
          }
          return hashes;
        };
    long size = (1L << 40) + (1L << 17) + 3;
    byte[] expected =
        hasher.node(
            heights.get(40),
            hasher.node(heights.get(17), hasher.node(heights.get(1), heights.get(0))));

    assertArrayEquals(expected, new MerkleTree(size, alike).root());
    assertArrayEquals(expected, RightEdge.read(size, alike).root());
    assertEquals(41, new MerkleTree(size, alike).inclusion(12_345_678_901L).size());
    assertSame(
        List.of(hasher.node(heights.get(17), hasher.node(heights.get(1), heights.get(0)))),
        new MerkleTree(size, alike).consistency(1L << 40));
  }

  @Test
  void saysWhichTileIsMissing() {
    MissingTile missing =
        assertThrows(MissingTile.class, () -> new MerkleTree(3, new Tiles()).root());
    assertEquals("tile 0 of level 0 has 0 hashes, not 2", missing.getMessage());
  }

  @Test
  void knowsTheTilesThatAProofNeedsBeforeItHasThem() {
    assertEquals(
        List.of(new TileId(0, 0), new TileId(0, 273), new TileId(1, 0), new TileId(1, 1)),
        List.copyOf(Tiles.neededBy(tiles -> new MerkleTree(70_000, tiles).inclusion(3))));
  }

  @Test
  void refusesWhatIsNotInTheTree() {
    MerkleTree tree = new MerkleTree(3, new Tiles());
    assertThrows(IndexOutOfBoundsException.class, () -> tree.inclusion(3));
    assertThrows(IndexOutOfBoundsException.class, () -> tree.inclusion(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> tree.consistency(4));
  }

  private RightEdge grow(RightEdge edge, List<byte[]> leaves) {
    RightEdge grown = RightEdge.read(edge.size(), this::tile);
    leaves.forEach(grown::append);
    grown.changed().forEach(stored::put);
    return grown;
  }

  private byte[] tile(TileId id, int width) {
    return stored.tile(id, width);
  }

  private List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(hasher.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
    if (!Arrays.deepEquals(expected.toArray(), actual.toArray())) {
      assertEquals(
          expected.stream().map(MerkleTreeTest::hex).toList(),
          actual.stream().map(MerkleTreeTest::hex).toList());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
