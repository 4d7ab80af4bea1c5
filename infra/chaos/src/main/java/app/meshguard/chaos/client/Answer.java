package app.meshguard.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** An HTTP answer whose body was read as JSON (missing node when it is empty or something else). */
public record Answer(int status, JsonNode body, HttpHeaders headers) {

  public String text(String field) {
    return body.path(field).asText();
  }

  public boolean isAllowed() {
    return status == 200 && body.path("allowed").asBoolean();
  }

  public String problem() {
    return body.path("code").asText();
  }
}
