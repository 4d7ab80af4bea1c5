package app.meshguard.local;

import java.nio.file.Path;

/** Where the stacks of one checkout unpack PostgreSQL's programs. */
final class PostgresCache {
  private PostgresCache() {}

  static Path of(Path projectRoot) {
    String named = System.getenv("MESHGUARD_CACHE");
    return named != null && !named.isBlank() ? Path.of(named) : projectRoot.resolve(".meshguard");
  }
}
