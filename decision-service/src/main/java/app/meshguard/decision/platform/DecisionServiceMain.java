package app.meshguard.decision.platform;

import app.meshguard.migration.Migrations;
import app.meshguard.migration.OwnerCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Starts the service, or, with the argument {@code migrate}, migrates its database and ends. */
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
    Quarkus.run(args);
  }
}
