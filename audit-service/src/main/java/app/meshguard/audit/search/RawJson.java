package app.meshguard.audit.search;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** JSON that is answered as it stands in the record: every digit of every number. */
public record RawJson(@JsonValue @JsonRawValue String text) {
  static final RawJson NULL = new RawJson("null");
}
