package app.meshguard.tenant.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.migration.DatabaseOwner;
import app.meshguard.migration.Migrations;
import app.meshguard.tenant.TenantService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@TenantService
class MigrationsIT {
  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @ConfigProperty(name = "meshguard.test.database.owner")
  String owner;

  @ConfigProperty(name = "meshguard.test.database.owner-password")
  String password;

  @Test
  void findsTheDatabaseMigratedWithTheSameScripts() {
    Migrations migrations = new Migrations(TenantServiceMain.class, TenantServiceMain.SCRIPTS);

    assertEquals(
        "0 migrations applied, schema at version 3",
        migrations.run(new DatabaseOwner(url, owner, password)));
  }
}
