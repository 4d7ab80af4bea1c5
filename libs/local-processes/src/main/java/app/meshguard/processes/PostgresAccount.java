package app.meshguard.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * As whom PostgreSQL runs. It refuses root, so root runs it in a user namespace in which root is
 * somebody else (files stay root's), or, where namespaces are not to be had, as another user who
 * then owns the data.
 *
 * @param prefix what stands before a command
 * @param owner the uid that must own the data
 */
record PostgresAccount(List<String> prefix, int owner) {
  PostgresAccount {
    prefix = List.copyOf(prefix);
  }

  /** A way that works for this program and this data directory, which is handed over to it. */
  static PostgresAccount forProgram(Path program, Path data) {
    int self = ownerOf(Path.of("/proc/self"));
    if (self != 0) {
      return new PostgresAccount(List.of(), self);
    }
    int nobody = nobody().orElse(65534);
    for (PostgresAccount way : ways(nobody)) {
      way.own(data);
      if (way.works(program, data)) {
        return way;
      }
    }
    throw new IllegalStateException(
        """
        PostgreSQL does not run as root, and this machine gives no way around it: neither \
        'unshare --user' nor 'setpriv --reuid' works here. Run this as an ordinary user, or allow \
        user namespaces (sysctl kernel.unprivileged_userns_clone=1), or in a container give it \
        the capabilities SETUID, SETGID and CHOWN.""");
  }

  private static List<PostgresAccount> ways(int nobody) {
    String user = Integer.toString(nobody);
    List<String> setpriv = List.of("setpriv", "--reuid=" + user, "--regid=" + user);
    List<String> reaching = new ArrayList<>(setpriv);
    // Home directories of root are often closed to others; this opens them for this process.
    reaching.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
    return List.of(
        new PostgresAccount(
            List.of("unshare", "-U", "--map-user=" + user, "--map-group=" + user), 0),
        new PostgresAccount(with(setpriv, "--clear-groups"), nobody),
        new PostgresAccount(with(reaching, "--clear-groups"), nobody));
  }

  List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>(prefix);
    wrapped.addAll(command);
    return wrapped;
  }

  /** Hands a file or directory over to this account. */
  void own(Path path) {
    if (ownerOf(path) == owner) {
      return;
    }
    run(List.of("chown", "-R", Integer.toString(owner), path.toString()));
  }

  private boolean works(Path program, Path data) {
    String probe = "test \"$(id -u)\" != 0 && test -w \"$1\" && \"$0\" --version";
    return run(wrap(List.of("sh", "-c", probe, program.toString(), data.toString())));
  }

  private static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int ownerOf(Path path) {
    try {
      return (Integer) Files.getAttribute(path, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell whose " + path + " is", e);
    }
  }

  private static Optional<Integer> nobody() {
    try {
      return Files.readAllLines(Path.of("/etc/passwd")).stream()
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 2 && fields[0].equals("nobody"))
          .map(fields -> Integer.valueOf(fields[2]))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> with(List<String> command, String argument) {
    List<String> longer = new ArrayList<>(command);
    longer.add(argument);
    return longer;
  }
}
