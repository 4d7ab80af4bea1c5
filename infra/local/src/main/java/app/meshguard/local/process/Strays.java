package app.meshguard.local.process;

import app.meshguard.processes.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes of a stack that no record names, as when its starter died between starting one and
 * writing that down: each process of a stack carries the stack's home in its environment.
 */
public final class Strays {
  public static final String MARK = "MESHGUARD_STACK";

  private Strays() {}

  /** Kills what is left of the stack in {@code home}. */
  public static void kill(Path home) {
    List<ProcessHandle> strays = find(home);
    strays.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle stray : strays) {
      while (ProcessIdentity.of(stray.pid()).isPresent()) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  static List<ProcessHandle> find(Path home) {
    String mark = "\0" + MARK + "=" + home + "\0";
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> environment(process.pid()).contains(mark))
        .toList();
  }

  private static String environment(long pid) {
    try {
      byte[] text = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return "\0" + new String(text, StandardCharsets.UTF_8) + "\0";
    } catch (IOException e) {
      // Another user's process, or one that ended meanwhile.
      return "";
    }
  }
}
