package app.meshguard.decision.platform;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service, or, with the argument {@code migrate}, migrates its database and ends. */
@QuarkusMain
public class DecisionServiceMain {
  private DecisionServiceMain() {}

  public static void main(String... args) {
    if (args.length == 1 && args[0].equals("migrate")) {
      System.exit(Migrations.fromSettings().run(System.out, System.err) ? 0 : 1);
    }
    Quarkus.run(args);
  }
}
