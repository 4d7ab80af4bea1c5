package app.meshguard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.local.process.StackHome;
import app.meshguard.processes.DeploymentKeys;
import app.meshguard.processes.PostgresAccess;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSettingsTest {
  private static final List<String> ALL =
      List.of(
          "config_ordinal",
          "quarkus.http.host",
          "quarkus.http.port",
          "quarkus.otel.sdk.disabled",
          "meshguard.identity.key-file",
          "meshguard.identity.trusted-keys",
          "meshguard.egress.allow-private",
          "meshguard.signup.open",
          "quarkus.datasource.reactive.url",
          "quarkus.datasource.username",
          "quarkus.datasource.password");

  @TempDir Path directory;

  private ServiceSettings settings;

  @BeforeEach
  void describesDeployment() {
    Map<String, String> passwords = new HashMap<>();
    for (String role :
        List.of(
            "tenant_app",
            "tenant_feed",
            "tenant_ship",
            "decision_app",
            "audit_app",
            "audit_ingest",
            "audit_feed",
            "audit_project",
            "audit_sign",
            "audit_retention")) {
      passwords.put(role, "password-of-" + role);
    }
    settings =
        new ServiceSettings(
            new StackHome(directory),
            DeploymentKeys.in(directory.resolve("keys")),
            new PostgresAccess("127.0.0.1", 5, passwords),
            Map.of(
                Part.TENANT, URI.create("http://127.0.0.1:1"),
                Part.AUDIT, URI.create("http://127.0.0.1:2")));
  }

  @Test
  void tellsTheTenantServiceWhatItNeeds() throws Exception {
    assertEquals(
        keys(
            "meshguard.secrets.key-file",
            "meshguard.services.audit-url",
            "meshguard.tokens.key-directory",
            "quarkus.datasource.\"feed\".reactive.url",
            "quarkus.datasource.\"feed\".username",
            "quarkus.datasource.\"feed\".password",
            "quarkus.datasource.\"ship\".reactive.url",
            "quarkus.datasource.\"ship\".username",
            "quarkus.datasource.\"ship\".password"),
        read(Part.TENANT).stringPropertyNames());
  }

  @Test
  void tellsTheDecisionServiceWhatItNeeds() throws Exception {
    Properties decision = read(Part.DECISION);

    assertEquals(
        keys(
            "meshguard.secrets.key-file",
            "meshguard.services.tenant-url",
            "meshguard.services.audit-url",
            "meshguard.replica",
            "meshguard.journal.directory",
            "meshguard.bundle.directory"),
        decision.stringPropertyNames());
    assertEquals(
        "postgresql://127.0.0.1:5/meshguard_decision",
        decision.getProperty("quarkus.datasource.reactive.url"));
    assertEquals("password-of-decision_app", decision.getProperty("quarkus.datasource.password"));
  }

  @Test
  void tellsTheAuditServiceItsRolesAndNoSecretsKey() throws Exception {
    Properties audit = read(Part.AUDIT);

    assertEquals("audit_ingest", audit.getProperty("quarkus.datasource.\"ingest\".username"));
    assertEquals("audit_feed", audit.getProperty("quarkus.datasource.\"feed\".username"));
    assertEquals("audit_retention", audit.getProperty("quarkus.datasource.\"retention\".username"));
    assertEquals("audit_project", audit.getProperty("quarkus.datasource.\"project\".username"));
    assertEquals("audit_sign", audit.getProperty("quarkus.datasource.\"sign\".username"));
    assertFalse(audit.containsKey("meshguard.secrets.key-file"));
  }

  @Test
  void tellsTheAuditServiceWhereItsMastersAndItsGuardAre() throws Exception {
    Properties audit = read(Part.AUDIT);

    assertEquals(
        directory.resolve("keys").resolve("log").toString(),
        audit.getProperty("meshguard.log.master-directory"));
    assertEquals(
        directory.resolve("data").resolve("audit-service").resolve("guard").toString(),
        audit.getProperty("meshguard.log.guard-directory"));
  }

  @Test
  void tellsTheAuditServiceOnlyOfTheServiceThatItCalls() throws Exception {
    Properties audit = read(Part.AUDIT);

    assertEquals("http://127.0.0.1:1", audit.getProperty("meshguard.services.tenant-url"));
    assertFalse(audit.containsKey("meshguard.services.audit-url"));
  }

  @Test
  void letsExtraSettingsWin() throws Exception {
    String text =
        settings.of(Part.DECISION, "replica", 3, Map.of("meshguard.clock.fixed", "a \\ b"));

    Properties replica = new Properties();
    replica.load(new StringReader(text));
    assertEquals("a \\ b", replica.getProperty("meshguard.clock.fixed"));
    assertEquals("replica", replica.getProperty("meshguard.replica"));
  }

  private Properties read(Part service) throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(settings.of(service, service.label(), 3, Map.of())));
    return properties;
  }

  private static Set<String> keys(String... more) {
    Set<String> keys = new TreeSet<>(ALL);
    keys.addAll(List.of(more));
    return keys;
  }
}
