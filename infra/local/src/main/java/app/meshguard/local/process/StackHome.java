package app.meshguard.local.process;

import app.meshguard.processes.PrivateFiles;
import java.nio.file.Path;

/** Where a stack keeps what it keeps. Only its owner can look inside. */
public final class StackHome {
  private final Path directory;

  public StackHome(Path directory) {
    this.directory = PrivateFiles.directory(directory.toAbsolutePath().normalize());
  }

  public Path directory() {
    return directory;
  }

  public Path apps() {
    return directory.resolve("apps");
  }

  public Path keys() {
    return directory.resolve("keys");
  }

  /** What a process keeps on disk: journal, last good bundles. */
  public Path data(String process) {
    return directory.resolve("data").resolve(process);
  }

  public Path settings(String process) {
    return directory.resolve("run").resolve(process + ".properties");
  }

  public Path record(String process) {
    return directory.resolve("run").resolve(process + ".json");
  }

  /** With what a process was started: if that differs from what it should be, it is restarted. */
  public Path launched(String process) {
    return directory.resolve("run").resolve(process + ".launched");
  }

  public Path ports() {
    return directory.resolve("run").resolve("ports.properties");
  }

  public Path data() {
    return directory.resolve("data");
  }

  public Path lock() {
    return directory.resolve("lock");
  }

  public Path logs() {
    return PrivateFiles.directory(directory.resolve("logs"));
  }

  public Path log(String process) {
    return logs().resolve(process + ".log");
  }

  /** Dies with the database that it tells about. */
  public Path migrated() {
    return directory.resolve("postgres").resolve("migrated.properties");
  }
}
