package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.ObjectColumn;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.wire.bundle.DirectorySection.RouteEntry;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A target as it is stored: header values sealed, never in the clear. */
@Entity
@Table(name = "targets")
class TargetRow {
  @EmbeddedId private RowId id;

  @Column(name = "name")
  private String name;

  @Column(name = "base_url")
  private String baseUrl;

  @Column(name = "is_primary")
  private boolean primary;

  @Column(name = "declared_actions")
  private String declaredActions;

  @Column(name = "routes")
  @Convert(converter = RoutesColumn.class)
  private List<RouteEntry> routes;

  @Column(name = "sealed_headers")
  @Convert(converter = SealedHeadersColumn.class)
  private Map<String, String> sealedHeaders;

  @Column(name = "env")
  @Convert(converter = ObjectColumn.class)
  private Map<String, Object> env;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  protected TargetRow() {}

  TargetRow(RowId id, Instant now) {
    this.id = id;
    this.primary = false;
    this.createdAt = now;
    this.updatedAt = now;
  }

  void set(TargetDetails details, Map<String, String> sealed, Instant now) {
    name = details.name();
    baseUrl = details.baseUrl();
    declaredActions = details.declaredActions();
    routes = details.routes();
    env = details.env();
    sealedHeaders = sealed;
    updatedAt = now;
  }

  void makePrimary(boolean isPrimary) {
    primary = isPrimary;
  }

  TargetDetails details() {
    return new TargetDetails(name, baseUrl, declaredActions, routes, env);
  }

  String id() {
    return id.id();
  }

  boolean primary() {
    return primary;
  }

  Map<String, String> sealedHeaders() {
    return sealedHeaders;
  }

  Instant createdAt() {
    return createdAt;
  }

  TargetView view() {
    return new TargetView(
        id.id(),
        name,
        baseUrl,
        primary,
        declaredActions,
        routes,
        sealedHeaders.keySet().stream().sorted().toList(),
        env,
        createdAt.toString(),
        updatedAt.toString(),
        null);
  }
}
