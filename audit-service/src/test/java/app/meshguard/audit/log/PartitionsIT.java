package app.meshguard.audit.log;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.audit.OwnerView;
import app.meshguard.audit.RunningAuditService;
import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.ingest.Shipper;
import app.meshguard.wire.TenantId;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RunningAuditService
class PartitionsIT {
  private final YearMonth month = YearMonth.now(ZoneOffset.UTC);
  private final TenantId tenant = SampleRecords.tenant();

  @Inject OwnerView owner;

  @AfterEach
  void makeWhatIsMissing() {
    made();
  }

  @Test
  void areThereForThreeMonthsAhead() {
    assertEquals(IntStream.rangeClosed(0, 3).mapToObj(this::name).toList(), partitions());
    assertEquals(0, made());
  }

  @Test
  void takeFromTheDefaultPartitionWhatIsTheirs() throws SQLException {
    drop(0);
    Shipper.registered().ship(List.of(SampleRecords.decision(tenant)));
    assertEquals(List.of("log_entry_default"), partitionOf(tenant));

    assertEquals(1, made());

    assertEquals(List.of(name(0)), partitionOf(tenant));
    assertEquals(1, owner.count(tenant));
  }

  @Test
  void areMissedByReadinessWithoutStoppingTheService() throws SQLException {
    given().get("/q/health/ready").then().statusCode(200);
    drop(1);

    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'log partitions' }.status", equalTo("UP"))
        .body(
            "checks.find { it.name == 'log partitions' }.data.warning",
            containsString("no partition for " + month.plusMonths(1)));
  }

  private String name(int ahead) {
    YearMonth of = month.plusMonths(ahead);
    return "log_entry_%d_%02d".formatted(of.getYear(), of.getMonthValue());
  }

  private List<String> partitions() {
    return owner.asOwner(
        "SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = oid"
            + " WHERE inhparent = 'log_entry'::regclass AND relname <> 'log_entry_default' ORDER BY 1",
        row -> row.getString(1));
  }

  private List<String> partitionOf(TenantId whose) {
    return owner.entries(
        "SELECT tableoid::regclass::text FROM log_entry WHERE tenant_id = '" + whose + "'",
        row -> row.getString(1));
  }

  private int made() {
    return owner.asOwner("SELECT make_partitions(3)", row -> row.getInt(1)).getFirst();
  }

  private void drop(int ahead) throws SQLException {
    try (Connection connection = owner.ownerConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + name(ahead));
    }
  }
}
