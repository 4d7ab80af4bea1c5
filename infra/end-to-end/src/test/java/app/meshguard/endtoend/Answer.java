package app.meshguard.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** An HTTP answer whose body was read as JSON (missing node when it is empty or something else). */
record Answer(int status, JsonNode body, HttpHeaders headers) {

  String text(String field) {
    return body.path(field).asText();
  }

  boolean isAllowed() {
    return status == 200 && body.path("allowed").asBoolean();
  }

  String problem() {
    return body.path("code").asText();
  }
}
