package app.meshguard.local.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** Lets one command at a time change the stack of a home. */
final class Locked {
  private Locked() {}

  static int run(Path home, Callable<Integer> command) throws Exception {
    try (FileChannel channel =
        FileChannel.open(
            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      try (FileLock lock = lock(channel)) {
        return command.call();
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    System.out.println("Waiting for another ./meshguard to finish …");
    return channel.lock();
  }
}
