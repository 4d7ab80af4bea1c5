package app.meshguard.processes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What names one process for good: a pid alone may by now be another process's.
 *
 * @param startTicks clock ticks after boot at which it started
 * @param boot the id of the machine's boot that the ticks count from
 */
public record ProcessIdentity(long pid, long startTicks, String boot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int STATE = 0;
  private static final int THREADS = 17;
  private static final int START_TICKS = 19;

  /** The identity of the process that has this pid now; empty when none lives. */
  public static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, in parentheses, may hold anything: fields are counted from behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      char state = fields[STATE].charAt(0);
      // The first thread of a killed process may be gone while others still hold its ports.
      boolean lastThread = Integer.parseInt(fields[THREADS]) <= 1;
      if (state == 'X' || (state == 'Z' && lastThread)) {
        return Optional.empty();
      }
      return Optional.of(
          new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS]), currentBoot()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the process still runs; one that is dead but not yet waited for does not. */
  @JsonIgnore
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  private static String currentBoot() throws IOException {
    return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
  }
}
