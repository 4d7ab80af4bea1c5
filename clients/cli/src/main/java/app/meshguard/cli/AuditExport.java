package app.meshguard.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Downloads an export beside its place, and puts it there when it is whole. */
final class AuditExport {
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  AuditExport(String token) {
    this.token = token;
  }

  /** Carries it out; the number of entries where it is known, else -1. */
  long run(ExportRequest request) {
    Path output = request.output().toAbsolutePath();
    Path part = output.resolveSibling(output.getFileName() + ".part");
    try {
      download(request, part);
      if (request.isParquet()) {
        long entries = ParquetFile.write(part, output);
        Files.delete(part);
        return entries;
      }
      WholeFile.check(part);
      Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
      return -1;
    } catch (IOException e) {
      throw new CommandFailed(
          "The export broke off (%s). What came is in %s.".formatted(e.getMessage(), part));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("Interrupted. What came is in " + part + ".");
    }
  }

  private void download(ExportRequest request, Path part) throws IOException, InterruptedException {
    HttpRequest get =
        HttpRequest.newBuilder(request.source()).header("X-Admin-Token", token).GET().build();
    HttpResponse<Path> answer = http.send(get, HttpResponse.BodyHandlers.ofFile(part));
    if (answer.statusCode() != 200) {
      String problem = Files.readString(part);
      Files.delete(part);
      throw new CommandFailed("The server answered %d: %s".formatted(answer.statusCode(), problem));
    }
  }
}
