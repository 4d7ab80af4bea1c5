package app.meshguard.audit.platform;

import app.meshguard.migration.OwnerCommand;
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
    OwnerCommand command = new OwnerCommand("audit-service", System.out, System.err);
    switch (arguments.length == 1 ? arguments[0] : "") {
      case "migrate" -> System.exit(command.run(LogSchema::migrate));
      case "partitions" -> System.exit(command.run(LogSchema::makePartitions));
      default -> Quarkus.run(arguments);
    }
  }
}
