package app.meshguard.testsupport;

import app.meshguard.processes.GuardedPostgres;
import app.meshguard.processes.PostgresAccess;
import java.nio.file.Path;

/**
 * The PostgreSQL that tests of this JVM use: the one of the whole run when {@code ./meshguard test}
 * started one, else one of their own that ends with the JVM.
 */
public final class TestPostgres {
  /** Names the file with the access to the run's PostgreSQL. */
  public static final String RUN_VARIABLE = "MESHGUARD_TEST_POSTGRES";

  // Quarkus loads this class once per class loader: what all must share is kept in a property.
  private static final String JVM_PROPERTY = "meshguard.test.postgres";

  private static final Object JVM_WIDE_LOCK = System.class;

  private TestPostgres() {}

  public static PostgresAccess access() {
    String run = System.getenv(RUN_VARIABLE);
    if (run != null && !run.isBlank()) {
      return PostgresAccess.read(Path.of(run));
    }
    synchronized (JVM_WIDE_LOCK) {
      String own = System.getProperty(JVM_PROPERTY);
      if (own != null) {
        return PostgresAccess.read(Path.of(own));
      }
      GuardedPostgres started = GuardedPostgres.start();
      System.setProperty(JVM_PROPERTY, started.accessFile().toString());
      return started.access();
    }
  }
}
