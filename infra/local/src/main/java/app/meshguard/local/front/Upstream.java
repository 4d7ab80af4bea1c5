package app.meshguard.local.front;

/** A service that the front passes calls on to. */
enum Upstream {
  TENANT("tenant-service"),
  DECISION("decision-service"),
  AUDIT("audit-service");

  private final String service;

  Upstream(String service) {
    this.service = service;
  }

  String service() {
    return service;
  }
}
