package app.meshguard.audit.platform;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The service, or with {@code migrate} or {@code partitions} one command that prepares its database
 * and ends: the service itself never has the owner's credentials.
 */
@QuarkusMain
public final class AuditService {
  private AuditService() {}

  /** Starts the service, or runs the command that the first argument names. */
  public static void main(String... arguments) {
    switch (arguments.length == 1 ? arguments[0] : "") {
      case "migrate" -> System.exit(DatabaseCommand.fromSettings().migrate());
      case "partitions" -> System.exit(DatabaseCommand.fromSettings().partitions());
      default -> Quarkus.run(arguments);
    }
  }
}
