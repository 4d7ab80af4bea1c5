package app.meshguard.decision;

import app.meshguard.decision.shipping.RescueCommand;
import app.meshguard.migration.Migrations;
import app.meshguard.migration.OwnerCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the service; or migrates its database ({@code migrate}), or ships a journal that was left
 * behind ({@code journal ship <dir>}), and ends.
 */
@QuarkusMain
public class DecisionServiceMain {
  static final List<String> SCRIPTS = List.of("V1__limits.sql", "V2__budgets.sql");

  private DecisionServiceMain() {}

  public static void main(String... args) {
    if (args.length == 1 && args[0].equals("migrate")) {
      Migrations migrations = new Migrations(DecisionServiceMain.class, SCRIPTS);
      System.exit(
          new OwnerCommand("decision-service", System.out, System.err).run(migrations::run));
    }
    if (args.length > 0 && args[0].equals("journal")) {
      if (args.length != 3 || !args[1].equals("ship")) {
        System.err.println("usage: journal ship <directory of a journal>");
        System.exit(2);
      }
      System.exit(new RescueCommand(System.out, System.err).run(Path.of(args[2])));
    }
    Quarkus.run(args);
  }
}
