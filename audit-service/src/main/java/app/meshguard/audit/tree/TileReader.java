package app.meshguard.audit.tree;

/** Where a tree's tiles are. */
@FunctionalInterface
public interface TileReader {
  /**
   * The hashes of a tile, one after the other.
   *
   * @param width how many are needed; more may be answered, as the log has grown since
   * @throws MissingTile when there are not so many
   */
  byte[] tile(TileId id, int width);
}
