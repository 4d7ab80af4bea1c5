package app.meshguard.audit;

import app.meshguard.audit.epoch.SucceedCommand;
import app.meshguard.audit.platform.LogSchema;
import app.meshguard.audit.platform.ProjectionRebuild;
import app.meshguard.migration.OwnerCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.List;

/**
 * The service, or with {@code migrate}, {@code partitions}, {@code rebuild} or {@code succeed} one
 * command that works on its database and ends: the service itself never has the owner's
 * credentials.
 */
@QuarkusMain
public final class AuditService {
  private AuditService() {}

  /** Starts the service, or runs the command that the first argument names. */
  public static void main(String... arguments) {
    OwnerCommand command = new OwnerCommand("audit-service", System.out, System.err);
    List<String> rest =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "migrate" -> System.exit(command.run(LogSchema::migrate));
      case "rebuild" -> System.exit(command.run(ProjectionRebuild::run));
      case "partitions" -> System.exit(command.run(LogSchema::makePartitions));
      case "succeed" -> System.exit(new SucceedCommand(System.out, System.err).run(rest));
      default -> Quarkus.run(arguments);
    }
  }
}
