package app.meshguard.local.command;

import app.meshguard.local.Part;
import app.meshguard.local.process.JavaCommand;
import app.meshguard.local.process.StackHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code audit succeed [--tenant id]}: the audit-service's own command, with the settings that this
 * stack gave the service.
 */
final class AuditLog {
  private final StackHome home;

  AuditLog(StackHome home) {
    this.home = home;
  }

  int run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty() || !arguments.getFirst().equals("succeed")) {
      throw new WrongUse("usage: ./meshguard audit succeed [--tenant <tenant id>]");
    }
    Path settings = home.settings(Part.AUDIT.label());
    Path jar = home.apps().resolve(Part.AUDIT.label()).resolve("quarkus-run.jar");
    if (!Files.exists(settings) || !Files.exists(jar)) {
      throw new WrongUse("there is no stack here yet: ./meshguard up starts one");
    }
    return new ProcessBuilder(JavaCommand.command(jar, settings, arguments))
        .inheritIO()
        .start()
        .waitFor();
  }
}
