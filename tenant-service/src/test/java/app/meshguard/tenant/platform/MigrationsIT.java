package app.meshguard.tenant.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.tenant.TenantService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertTrue(new Migrations(url, owner, password).run(print, print));
    assertEquals(
        "tenant-service: 0 migrations applied, schema at version 2",
        out.toString(StandardCharsets.UTF_8).strip());
  }
}
