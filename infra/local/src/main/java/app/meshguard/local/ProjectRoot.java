package app.meshguard.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkout that this code was built in. */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** From {@code MESHGUARD_ROOT}, else the nearest folder above the working directory. */
  public static Path find() {
    String named = System.getenv("MESHGUARD_ROOT");
    if (named != null && !named.isBlank()) {
      return Path.of(named).toAbsolutePath();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("tenant-service").resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no MeshGuard checkout in or above " + start);
  }
}
