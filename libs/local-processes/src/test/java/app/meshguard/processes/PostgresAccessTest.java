package app.meshguard.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresAccessTest {
  @Test
  void givesAPasswordToRolesThatAreYoungerThanTheServer() {
    PostgresAccess fresh = PostgresAccess.generate(5432);
    Map<String, String> older = new HashMap<>(fresh.passwords());
    older.remove("audit_sign");
    older.remove("audit_project");

    PostgresAccess whole = new PostgresAccess("127.0.0.1", 5432, older).withAllRoles();

    assertEquals(fresh.passwords().keySet(), whole.passwords().keySet());
    assertTrue(whole.passwords().entrySet().containsAll(older.entrySet()));
    assertEquals(whole, whole.withAllRoles());
  }
}
