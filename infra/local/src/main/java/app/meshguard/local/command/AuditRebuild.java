package app.meshguard.local.command;

import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import app.meshguard.local.process.JavaCommand;
import app.meshguard.local.process.StackHome;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code audit rebuild}: empties what the log is searched and summed up by; the running service
 * fills it again.
 */
final class AuditRebuild {
  private final Stack stack;
  private final StackHome home;

  AuditRebuild(Stack stack, StackHome home) {
    this.stack = stack;
    this.home = home;
  }

  int run(List<String> arguments) throws IOException, InterruptedException {
    if (!arguments.equals(List.of("rebuild"))) {
      throw new WrongUse("usage: ./meshguard audit rebuild");
    }
    Path jar = home.apps().resolve(Part.AUDIT.label()).resolve("quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new WrongUse("there is no stack here yet: ./meshguard up starts one");
    }
    ProcessBuilder command =
        new ProcessBuilder(JavaCommand.ownerCommand(jar, "rebuild")).inheritIO();
    PostgresAccess access = stack.databases();
    Map<String, String> given = command.environment();
    given.put("MESHGUARD_MIGRATE_URL", access.jdbcUrl(ServiceDatabase.AUDIT.databaseName()));
    given.put("MESHGUARD_MIGRATE_USERNAME", ServiceDatabase.AUDIT.owner());
    given.put("MESHGUARD_MIGRATE_PASSWORD", access.password(ServiceDatabase.AUDIT.owner()));
    return command.start().waitFor();
  }
}
