package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.epoch.LogRows;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.tree.MerkleTree;
import app.meshguard.audit.tree.MissingTile;
import app.meshguard.audit.tree.Tiles;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** Compares a head that somebody was shown with the tree as it is now. */
final class HeadCheck {
  private HeadCheck() {}

  /** Why the tree is not a continuation of that head; empty when it is, or is shorter. */
  static Optional<String> contradiction(SqlConnection connection, LogRow log, GuardedHead head) {
    if (head.size() > log.size()) {
      return Optional.empty();
    }
    Tiles tiles =
        LogRows.tiles(
            connection, log, Tiles.neededBy(reader -> new MerkleTree(head.size(), reader).root()));
    try {
      byte[] root = new MerkleTree(head.size(), tiles).root();
      return head.isOf(root)
          ? Optional.empty()
          : Optional.of("it was signed with " + head.inWords() + ", which its tiles do not have");
    } catch (MissingTile e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
