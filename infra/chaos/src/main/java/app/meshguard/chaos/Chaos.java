package app.meshguard.chaos;

import app.meshguard.chaos.stack.ChaosStack;
import app.meshguard.processes.PrivateFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./meshguard chaos}: on a stack of its own, which may stand beside a running one. Ends with
 * 0 when all is well, 1 when something is wrong, 2 when it was called wrongly.
 */
public final class Chaos {
  private static final int WRONG_USE = 2;
  private static final int FAULTS = 200;
  private static final int FAULTS_FOR_A_BUG = 10;
  private static final String USAGE =
      """
      Usage: ./meshguard chaos [--faults n] [--minutes n] [--seed n] [--planted bug]

        --faults   how many faults are injected: 200, or 10 with a planted bug
        --minutes  no new fault after so many minutes
        --seed     deals the same faults as the run that printed it
        --planted  answer-before-write, resend-without-position or acknowledge-before-commit:
                   runs services with this bug, which must turn the run red
      """;

  private Chaos() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out));
  }

  private static int run(List<String> args, PrintStream out) {
    ChaosOptions options;
    try {
      options = options(args);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      out.print(USAGE);
      return WRONG_USE;
    }
    Path state = Path.of(System.getProperty("meshguard.home", ".meshguard")).toAbsolutePath();
    Path home = state.resolve("chaos");
    out.println("chaos, seed " + options.seed() + ": starting a stack of its own.");
    // What a run that failed has left was there to be looked at until now.
    PrivateFiles.deleteTree(home);
    ChaosResult result;
    try (ChaosStack chaos = ChaosStack.start(home)) {
      result = new ChaosRun(chaos, options, out).run();
    }
    if (result.passed()) {
      PrivateFiles.deleteTree(home);
      return 0;
    }
    out.println("  its logs and data, until the next run: " + home);
    return 1;
  }

  static ChaosOptions options(List<String> args) {
    int faults = -1;
    ChaosOptions options = ChaosOptions.of(FAULTS, new SecureRandom().nextInt(1_000_000));
    Planted planted = null;
    long seed = options.seed();
    Duration limit = options.limit();
    for (int i = 0; i < args.size(); i += 2) {
      String name = args.get(i);
      if (i + 1 == args.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      String value = args.get(i + 1);
      switch (name) {
        case "--faults" -> faults = Math.toIntExact(number(name, value));
        case "--minutes" -> limit = Duration.ofMinutes(number(name, value));
        case "--seed" -> seed = number(name, value);
        case "--planted" -> planted = Planted.named(value);
        default -> throw new IllegalArgumentException("there is no option " + name);
      }
    }
    if (faults < 0) {
      faults = planted == null ? FAULTS : FAULTS_FOR_A_BUG;
    }
    return new ChaosOptions(
        faults, seed, limit, planted == null ? List.of() : planted.faults(), planted);
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a whole number, not '" + value + "'", e);
    }
    throw new IllegalArgumentException(name + " must not be negative");
  }
}
