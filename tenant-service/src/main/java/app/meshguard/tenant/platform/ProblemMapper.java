package app.meshguard.tenant.platform;

import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one mapper of failures to answers. No class name, cause or trace leaves. */
class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @ServerExceptionMapper
  Response refused(RequestRefused refusal) {
    return answer(refusal.problem(), null);
  }

  @ServerExceptionMapper
  Response http(WebApplicationException e) {
    Response original = e.getResponse();
    return switch (original.getStatus()) {
      case 400 -> problem(ProblemCode.INVALID_REQUEST, "The request is not readable.", original);
      case 401 -> problem(ProblemCode.UNAUTHORIZED, "A valid credential is required.", original);
      case 403 -> problem(ProblemCode.FORBIDDEN, "Not permitted.", original);
      case 404 -> problem(ProblemCode.NOT_FOUND, "There is nothing at this path.", original);
      case 405 ->
          problem(ProblemCode.METHOD_NOT_ALLOWED, "This path does not take this method.", original);
      case 406 -> problem(ProblemCode.NOT_ACCEPTABLE, "Answers are application/json.", original);
      case 413 -> problem(ProblemCode.PAYLOAD_TOO_LARGE, "The body is above 1 MiB.", original);
      case 415 ->
          problem(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "This operation does not take a body of this media type.",
              original);
      default -> unknown(e);
    };
  }

  /** The server cut off a body that did not say its length; it has answered already. */
  @ServerExceptionMapper
  Response cutOff(IOException e) {
    return "Request too large".equals(e.getMessage())
        ? answer(Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is above 1 MiB."), null)
        : unknown(e);
  }

  @ServerExceptionMapper
  Response unknown(Throwable failure) {
    if (databaseIsAway(failure)) {
      LOG.warnf("the database is away: %s", failure.getMessage());
      return Response.fromResponse(
              answer(
                  Problem.of(
                      ProblemCode.UNAVAILABLE, "The service cannot reach its data now. Try again."),
                  null))
          .header("Retry-After", 1)
          .build();
    }
    String correlation = UUID.randomUUID().toString();
    LOG.errorf(failure, "request failed, correlation id %s", correlation);
    return answer(Problem.unknown(correlation), null);
  }

  private static boolean databaseIsAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof io.vertx.sqlclient.ClosedConnectionException
          || (cause instanceof io.vertx.pgclient.PgException pg
              && ("57P01".equals(pg.getSqlState()) || "57P03".equals(pg.getSqlState())))) {
        return true;
      }
    }
    return false;
  }

  private static Response problem(ProblemCode code, String detail, Response original) {
    return answer(Problem.of(code, detail), original.getHeaderString(HttpHeaders.ALLOW));
  }

  private static Response answer(Problem problem, @Nullable String allow) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }
}
