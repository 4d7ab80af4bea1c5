package app.meshguard.audit.platform;

import app.meshguard.migration.DatabaseOwner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code audit-service rebuild}: empties the projection; the running service fills it again. */
public final class ProjectionRebuild {
  /** Held by whoever writes the projection, and by whoever destroys what it is drawn from. */
  public static final long LOCK = 5501;

  private ProjectionRebuild() {}

  /** Does it, as the owner. */
  public static String run(DatabaseOwner owner) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.username(), owner.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Whoever projects now finishes first; whoever comes next starts at the beginning.
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute("TRUNCATE search, seen_agent, rollup, latency_rollup");
      statement.execute(
          "SELECT make_search_partitions(coalesce(min(appended_at), now()), 0) FROM batch");
      statement.execute("UPDATE projection_place SET batch = 0, ordinal = -1, rebuilt_at = now()");
      connection.commit();
      return "search and sums are empty: the service fills them again from the log";
    }
  }
}
