package app.meshguard.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An export that was asked for.
 *
 * @param parameters of the query, {@code name=value}
 */
record ExportRequest(URI url, String format, Path output, List<String> parameters) {
  private static final List<String> FORMATS = List.of("parquet", "jsonl", "csv", "ocsf");

  ExportRequest {
    parameters = List.copyOf(parameters);
  }

  static ExportRequest of(List<String> arguments) {
    String url = "http://localhost:8080";
    String format = "parquet";
    @Nullable String output = null;
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--") && argument.indexOf('=') > 0) {
        parameters.add(argument);
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new UsageFault("'" + argument + "' is not an option, or its value is missing");
      }
      String value = arguments.get(++i);
      switch (argument) {
        case "--url" -> url = value;
        case "--format" -> format = value;
        case "--output" -> output = value;
        default -> throw new UsageFault("'" + argument + "' is not an option");
      }
    }
    if (!FORMATS.contains(format)) {
      throw new UsageFault("--format is one of " + String.join(", ", FORMATS));
    }
    if (output == null) {
      throw new UsageFault("--output is missing: the file to write");
    }
    return new ExportRequest(URI.create(url), format, Path.of(output), parameters);
  }

  boolean isParquet() {
    return format.equals("parquet");
  }

  /** Where the export is read from; Parquet is made of JSON lines. */
  URI source() {
    StringBuilder query = new StringBuilder("format=").append(isParquet() ? "jsonl" : format);
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      query
          .append('&')
          .append(encoded(parameter.substring(0, equals)))
          .append('=')
          .append(encoded(parameter.substring(equals + 1)));
    }
    return URI.create(url.toString().replaceAll("/$", "") + "/api/v1/admin/audit/export?" + query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
