package app.meshguard.local;

import app.meshguard.processes.PrivateFiles;
import java.nio.file.Path;

/** Where a stack keeps what it keeps. Only its owner can look inside. */
final class StackHome {
  private final Path directory;

  StackHome(Path directory) {
    this.directory = PrivateFiles.directory(directory.toAbsolutePath().normalize());
  }

  Path directory() {
    return directory;
  }

  Path apps() {
    return directory.resolve("apps");
  }

  Path keys() {
    return directory.resolve("keys");
  }

  /** What a process keeps on disk: journal, last good bundles. */
  Path data(String process) {
    return directory.resolve("data").resolve(process);
  }

  Path settings(String process) {
    return directory.resolve("run").resolve(process + ".properties");
  }

  Path record(String process) {
    return directory.resolve("run").resolve(process + ".json");
  }

  /** With what a process was started: if that differs from what it should be, it is restarted. */
  Path launched(String process) {
    return directory.resolve("run").resolve(process + ".launched");
  }

  Path ports() {
    return directory.resolve("run").resolve("ports.properties");
  }

  Path data() {
    return directory.resolve("data");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path logs() {
    return PrivateFiles.directory(directory.resolve("logs"));
  }

  Path log(String process) {
    return logs().resolve(process + ".log");
  }

  /** Dies with the database that it tells about. */
  Path migrated() {
    return directory.resolve("postgres").resolve("migrated.properties");
  }
}
