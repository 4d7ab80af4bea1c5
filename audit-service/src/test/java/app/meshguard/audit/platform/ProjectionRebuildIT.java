package app.meshguard.audit.platform;

import static app.meshguard.audit.SampleRecords.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.audit.projection.Projector;
import app.meshguard.migration.DatabaseOwner;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@RunningAuditService
class ProjectionRebuildIT {
  @ConfigProperty(name = "meshguard.test.database.url")
  String url;

  @ConfigProperty(name = "meshguard.test.database.owner")
  String owner;

  @ConfigProperty(name = "meshguard.test.database.owner-password")
  String password;

  @Inject OwnerView view;
  @Inject Projector projector;

  private final TenantId tenant = SampleRecords.tenant();

  @Test
  void bringsEveryRowAndSumBack() throws Exception {
    Shipper.registered()
        .ship(
            List.of(
                SampleRecords.decision(tenant),
                with(SampleRecords.decision(tenant), "decision", "allow"),
                with(SampleRecords.decision(tenant), "decidedAt", "2019-05-06T07:08:09Z"),
                SampleRecords.outcome(tenant)));
    List<String> before = all();
    assertFalse(before.isEmpty());

    ProjectionRebuild.run(new DatabaseOwner(url, owner, password));
    projector.catchUp();

    assertEquals(before, all());
  }

  private List<String> all() throws Exception {
    String of = " WHERE tenant_id = '" + tenant + "'";
    return asApp(
        "SELECT row_to_json(t)::text FROM (SELECT * FROM search"
            + of
            + ") AS t UNION ALL"
            + " SELECT row_to_json(t)::text FROM (SELECT * FROM rollup"
            + of
            + ") AS t UNION ALL"
            + " SELECT row_to_json(t)::text FROM (SELECT * FROM latency_rollup"
            + of
            + ") AS t"
            + " UNION ALL"
            + " SELECT row_to_json(t)::text FROM (SELECT * FROM seen_agent"
            + of
            + ") AS t"
            + " ORDER BY 1");
  }

  @ConfigProperty(name = "quarkus.datasource.username")
  String app;

  @ConfigProperty(name = "quarkus.datasource.password")
  String appPassword;

  private List<String> asApp(String sql) throws Exception {
    try (var connection = java.sql.DriverManager.getConnection(url, app, appPassword);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT set_config('meshguard.tenant', '" + tenant + "', true)");
      List<String> rows = new java.util.ArrayList<>();
      try (var result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    }
  }
}
