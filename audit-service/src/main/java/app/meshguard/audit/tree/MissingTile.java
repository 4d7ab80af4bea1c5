package app.meshguard.audit.tree;

/** A tile that the size of a tree asks for is not there, or is too short. */
public final class MissingTile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingTile(TileId id, int width, int found) {
    super(
        "tile %d of level %d has %d hashes, not %d"
            .formatted(id.number(), id.level(), found, width));
  }
}
