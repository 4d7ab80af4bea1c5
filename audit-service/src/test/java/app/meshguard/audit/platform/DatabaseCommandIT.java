package app.meshguard.audit.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.RunningAuditService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@RunningAuditService
class DatabaseCommandIT {
  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @ConfigProperty(name = "meshguard.test.database.owner")
  String owner;

  @ConfigProperty(name = "meshguard.test.database.owner-password")
  String password;

  @Test
  void canBeRunAgainBesideTheService() {
    DatabaseCommand command = new DatabaseCommand(url, owner, password);

    assertEquals(0, command.migrate());
    assertEquals(0, command.partitions());
  }

  @Test
  void failsForAStranger() {
    DatabaseCommand stranger = new DatabaseCommand(url, owner, password + "x");

    assertEquals(1, stranger.migrate());
    assertEquals(1, stranger.partitions());
  }
}
