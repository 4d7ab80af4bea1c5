package app.meshguard.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the JVMs of a stack. No secret ever stands in one. */
public final class JavaCommand {
  private static final List<String> QUIET =
      List.of(
          // Netty's and the JDK's own warnings about how Netty reaches memory.
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.net.preferIPv4Stack=true");

  private JavaCommand() {}

  /** A service that reads its settings from {@code settings}. */
  public static List<String> service(int heapMegabytes, Path jar, Path settings, String profile) {
    List<String> command = start(heapMegabytes);
    // Short pauses of a small heap cost less here than a collector's threads beside two cores'
    // work.
    command.add("-XX:+UseSerialGC");
    // Settings are read under a profile, so a file of settings cannot say which.
    command.add("-Dquarkus.profile=" + profile);
    command.add("-Dquarkus.config.locations=" + settings);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /**
   * The same command at a lower priority: on one machine, work that may be late gives way to work
   * that somebody waits for.
   */
  public static List<String> inTheBackground(List<String> command) {
    List<String> background = new ArrayList<>(List.of("nice", "-n", "10"));
    background.addAll(command);
    return background;
  }

  /** A service's migrate command; short, so compiled lightly. */
  public static List<String> migrate(Path jar) {
    return ownerCommand(jar, "migrate");
  }

  /** A command of a service that works on its database as the owner and ends. */
  public static List<String> ownerCommand(Path jar, String name) {
    List<String> command = start(256);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-jar", jar.toString(), name));
    return command;
  }

  /** A command of a service that reads the settings of the service. */
  public static List<String> command(Path jar, Path settings, List<String> arguments) {
    List<String> command = start(256);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dquarkus.config.locations=" + settings);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    return command;
  }

  /** A main class of our own on a class path. */
  public static List<String> main(int heapMegabytes, String classPath, String mainClass) {
    List<String> command = start(heapMegabytes);
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", classPath, mainClass));
    return command;
  }

  private static List<String> start(int heapMegabytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUIET);
    command.add("-Xmx" + heapMegabytes + "m");
    return command;
  }
}
