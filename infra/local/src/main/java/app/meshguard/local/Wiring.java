package app.meshguard.local;

import app.meshguard.processes.PostgresAccess;
import java.net.URI;
import java.util.Map;

/**
 * What stands between the processes of a stack, and what they are told beyond the usual: for tests
 * that break connections or plant faults. Asked each time a process is started.
 */
public interface Wiring {
  /** Nothing between them, and nothing more to tell. */
  Wiring DIRECT = new Wiring() {};

  /** The address at which {@code caller} finds {@code called}. */
  default URI service(Part caller, Part called, URI address) {
    return address;
  }

  /** How {@code caller} gets to PostgreSQL. */
  default PostgresAccess postgres(Part caller, PostgresAccess access) {
    return access;
  }

  /** Settings of a service that win over those of the stack. */
  default Map<String, String> settings(Part service) {
    return Map.of();
  }
}
