package app.meshguard.migration;

import java.io.PrintStream;
import java.sql.SQLException;

/** Runs work that needs a database's owner as a command of its own: one line, one exit code. */
public final class OwnerCommand {
  private final String service;
  private final PrintStream out;
  private final PrintStream err;

  /** Work on the database; returns what was done, for people. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @throws IllegalStateException when it cannot be done, with what to do about it
     */
    String as(DatabaseOwner owner) throws SQLException;
  }

  public OwnerCommand(String service, PrintStream out, PrintStream err) {
    this.service = service;
    this.out = out;
    this.err = err;
  }

  /** The exit code of the work, done as the owner that the settings name. */
  public int run(Work work) {
    try {
      out.println(service + ": " + work.as(DatabaseOwner.fromSettings()));
      return 0;
    } catch (IllegalStateException | SQLException e) {
      err.println(service + ": " + e.getMessage());
      return 1;
    }
  }
}
