package app.meshguard.audit.tree;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Tiles in memory: read in one go, once it is known which a computation needs. */
public final class Tiles implements TileReader {
  private final Map<TileId, byte[]> tiles = new TreeMap<>();

  /**
   * The tiles that a computation reads: found by running it on tiles of zeros, for which tiles are
   * read does not depend on what is in them.
   */
  public static SortedSet<TileId> neededBy(Function<TileReader, ?> computation) {
    SortedSet<TileId> needed = new TreeSet<>();
    TileReader zeros =
        (id, width) -> {
          needed.add(id);
          return new byte[TileId.WIDTH * TreeHasher.LENGTH];
        };
    Object unused = computation.apply(zeros);
    return needed;
  }

  public void put(TileId id, byte[] hashes) {
    tiles.put(id, hashes);
  }

  @Override
  public byte[] tile(TileId id, int width) {
    byte[] hashes = tiles.getOrDefault(id, new byte[0]);
    if (hashes.length < width * TreeHasher.LENGTH) {
      throw new MissingTile(id, width, hashes.length / TreeHasher.LENGTH);
    }
    return hashes;
  }
}
