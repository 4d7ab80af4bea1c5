package app.meshguard.cli;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ./meshguard audit …}. */
public final class Main {
  private static final String USAGE =
      """
      Usage: ./meshguard audit export --output <file> [--format parquet|jsonl|csv|ocsf]
                                      [--url http://localhost:8080] [<parameter>=<value> ...]

      Parameters are those of GET /admin/audit/export: from, to, kind, decision, agentId, resume, ...
      The admin token is read from MESHGUARD_ADMIN_TOKEN.
      """;

  private Main() {}

  /**
   * Runs one command and ends with its status: 0, 1 when it failed, 2 when it was not understood.
   */
  public static void main(String... arguments) {
    System.exit(run(List.of(arguments), System.getenv("MESHGUARD_ADMIN_TOKEN"), System.err));
  }

  static int run(List<String> arguments, @Nullable String token, PrintStream err) {
    try {
      if (arguments.isEmpty() || !arguments.getFirst().equals("export")) {
        throw new UsageFault("the command is 'export'");
      }
      ExportRequest request = ExportRequest.of(arguments.subList(1, arguments.size()));
      if (token == null || token.isBlank()) {
        throw new UsageFault("set MESHGUARD_ADMIN_TOKEN to an admin token (msat_...)");
      }
      long entries = new AuditExport(token).run(request);
      err.println(
          entries < 0
              ? "Written to " + request.output() + "."
              : entries + " entries written to " + request.output() + ".");
      return 0;
    } catch (UsageFault e) {
      err.println(e.getMessage());
      err.println();
      err.print(USAGE);
      return 2;
    } catch (CommandFailed e) {
      err.println(e.getMessage());
      return 1;
    }
  }
}
