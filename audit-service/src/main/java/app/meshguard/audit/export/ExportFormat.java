package app.meshguard.audit.export;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** The forms that an export may have. */
enum ExportFormat {
  CSV("text/csv; charset=utf-8", "csv"),
  JSONL("application/x-ndjson", "jsonl"),
  OCSF("application/x-ndjson", "ocsf.jsonl");

  private final String mediaType;
  private final String suffix;

  ExportFormat(String mediaType, String suffix) {
    this.mediaType = mediaType;
    this.suffix = suffix;
  }

  static List<String> names() {
    return List.of("csv", "jsonl", "ocsf");
  }

  static ExportFormat of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String mediaType() {
    return mediaType;
  }

  String suffix() {
    return suffix;
  }

  ExportWriter writer(OutputStream out, ExportScope scope) {
    return switch (this) {
      case CSV -> new CsvWriter(out);
      case JSONL -> new JsonLinesWriter(out);
      case OCSF -> new OcsfWriter(out, scope);
    };
  }
}
