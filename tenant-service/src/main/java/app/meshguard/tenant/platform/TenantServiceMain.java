package app.meshguard.tenant.platform;

import app.meshguard.migration.Migrations;
import app.meshguard.migration.OwnerCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Starts the service, or, with the argument {@code migrate}, migrates its database and ends. */
@QuarkusMain
public class TenantServiceMain {
  static final List<String> SCRIPTS =
      List.of("V1__tenant_model.sql", "V2__versions.sql", "V3__outbox.sql");

  private TenantServiceMain() {}

  public static void main(String... args) {
    if (args.length == 1 && args[0].equals("migrate")) {
      Migrations migrations = new Migrations(TenantServiceMain.class, SCRIPTS);
      System.exit(new OwnerCommand("tenant-service", System.out, System.err).run(migrations::run));
    }
    Quarkus.run(args);
  }
}
