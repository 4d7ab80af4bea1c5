package app.meshguard.audit.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure into {@code application/problem+json}; nothing else knows error statuses. */
final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @ServerExceptionMapper
  Response refused(Refused refused) {
    return answer(refused.problem());
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 404 -> answer(ProblemCode.NOT_FOUND, "There is nothing at this path.");
      case 405 -> answer(ProblemCode.METHOD_NOT_ALLOWED, "This path has no such method.");
      case 406 -> answer(ProblemCode.NOT_ACCEPTABLE, "The answer is JSON: accept it.");
      case 413 -> answer(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large.");
      case 415 -> answer(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the documented media type.");
      default ->
          status >= 400 && status < 500
              ? answer(ProblemCode.INVALID_REQUEST, "The request cannot be read.")
              : unknown(e);
    };
  }

  @ServerExceptionMapper
  Response unknown(Throwable failure) {
    String correlationId = UUID.randomUUID().toString();
    LOG.errorf(failure, "unknown failure %s", correlationId);
    return answer(Problem.unknown(correlationId));
  }

  private static Response answer(ProblemCode code, String detail) {
    return answer(Problem.of(code, detail));
  }

  private static Response answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.status() == 503) {
      answer.header("Retry-After", 1);
    }
    if (problem.status() == 401) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    return answer.build();
  }
}
