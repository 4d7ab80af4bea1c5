package app.meshguard.tenant.settings;

import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.TextListColumn;
import app.meshguard.tenant.risk.RiskFloors;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant as it is stored. */
@Entity
@Table(name = "tenants")
class TenantRow {
  private static final TypeReference<Map<String, List<String>>> CEILINGS = new TypeReference<>() {};

  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  @Column(name = "name")
  private String name;

  @Column(name = "email", updatable = false)
  private String email;

  @Column(name = "plan", updatable = false)
  private String plan;

  @Column(name = "timezone")
  private String timezone;

  @Column(name = "mode")
  private String mode;

  @Column(name = "max_staleness_seconds")
  private int maxStalenessSeconds;

  @Column(name = "medium_risk_per_minute")
  private int mediumRiskPerMinute;

  @Column(name = "risk_floors")
  private String riskFloors;

  @Column(name = "tier_ceilings")
  private String tierCeilings;

  @Column(name = "retention_days")
  private @Nullable Integer retentionDays;

  @Column(name = "erasure_paths")
  @Convert(converter = TextListColumn.class)
  private List<String> erasurePaths;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  protected TenantRow() {}

  TenantSettings settings() {
    return new TenantSettings(
        name,
        timezone,
        mode,
        maxStalenessSeconds,
        Json.read(tierCeilings, CEILINGS),
        RiskFloors.stored(riskFloors, mediumRiskPerMinute),
        new AuditSettings(retentionDays, erasurePaths));
  }

  void change(TenantSettings settings) {
    name = settings.name();
    timezone = settings.timezone();
    mode = settings.mode();
    maxStalenessSeconds = settings.maxStalenessSeconds();
    riskFloors = settings.riskFloors().column();
    mediumRiskPerMinute = settings.riskFloors().mediumColumn();
    tierCeilings = Json.write(settings.tierCeilings());
    retentionDays = settings.audit().retentionDays();
    erasurePaths = settings.audit().erasurePaths();
  }

  String plan() {
    return plan;
  }

  TenantView view() {
    TenantSettings settings = settings();
    return new TenantView(
        tenantId,
        settings.name(),
        email,
        plan,
        settings.timezone(),
        settings.mode(),
        settings.maxStalenessSeconds(),
        settings.riskFloors().mediumPerMinute(),
        settings.tierCeilings(),
        settings.riskFloors().set(),
        settings.audit().retentionDays(),
        settings.audit().erasurePaths(),
        createdAt.toString(),
        null);
  }
}
