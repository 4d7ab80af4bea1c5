package app.meshguard.decision.platform;

import app.meshguard.decision.json.JsonText;
import app.meshguard.wire.Base62;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The one place that turns a failure into {@code application/problem+json}. */
public final class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private Problems() {}

  public static void answer(HttpServerResponse response, ProblemCode code, String detail) {
    answer(response, Problem.of(code, detail));
  }

  /** A failure that nobody foresaw: logged once, and answered by its correlation id alone. */
  public static void unknown(HttpServerResponse response, Throwable failure) {
    answer(response, Problem.unknown(logged(failure)));
  }

  /** Logs the failure and names the log line. */
  public static String logged(Throwable failure) {
    String correlationId = Base62.random(12);
    LOG.errorf(failure, "Unknown failure %s", correlationId);
    return correlationId;
  }

  private static void answer(HttpServerResponse response, Problem problem) {
    if (response.ended() || response.closed()) {
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", problem.type());
    json.put("title", problem.title());
    json.put("status", problem.status());
    json.put("code", problem.code());
    json.put("detail", problem.detail());
    if (problem.correlationId() != null) {
      json.put("correlationId", problem.correlationId());
    }
    if (problem.status() == 503) {
      response.putHeader("Retry-After", "1");
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(new JsonText().value(json).toBuffer());
  }
}
