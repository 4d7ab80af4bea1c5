package app.meshguard.audit.siem;

import java.util.List;
import java.util.Optional;

/** What a receiver speaks. */
enum SiemType {
  SPLUNK_HEC("splunk_hec", "/services/collector/event", "Splunk "),
  ELASTIC_BULK("elastic_bulk", "/_bulk?filter_path=errors", "ApiKey ");

  static final List<String> NAMES = List.of("splunk_hec", "elastic_bulk");

  private final String text;
  private final String path;
  private final String scheme;

  SiemType(String text, String path, String scheme) {
    this.text = text;
    this.path = path;
    this.scheme = scheme;
  }

  static Optional<SiemType> of(String text) {
    for (SiemType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  String text() {
    return text;
  }

  /** Where batches go, behind the receiver's base URL. */
  String path() {
    return path;
  }

  String authorization(String secret) {
    return scheme + secret;
  }
}
