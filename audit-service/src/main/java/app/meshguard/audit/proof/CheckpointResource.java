package app.meshguard.audit.proof;

import static app.meshguard.audit.platform.Database.await;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The head of the caller's log, and the keys that it is verified with. */
@Path("/admin/audit")
@NeedsAuditRead
@RunOnVirtualThread
@Tag(name = "audit")
class CheckpointResource {
  /** Says with a checkpoint whether there will be newer ones. */
  static final String STATE = "X-MeshGuard-Log-State";

  private static final String TEXT = "text/plain;charset=utf-8";
  private static final String RECEIPT_KEYS =
      "SELECT journal, receipt_key, registered_at FROM journal WHERE receipt_key IS NOT NULL"
          + " ORDER BY registered_at, journal";

  private final SignedLogs logs;
  private final AdminCaller caller;

  @Inject
  CheckpointResource(SignedLogs logs, AdminCaller caller) {
    this.logs = logs;
    this.caller = caller;
  }

  @GET
  @Path("checkpoint")
  @Produces({TEXT, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "getCheckpoint",
      summary = "The newest signed head of the log: a signed note, as tlog-checkpoint has it",
      description =
          "A tenant has one of size 0 from its first moment. A halted log keeps its last one, and"
              + " X-MeshGuard-Log-State says so.")
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "note (the default) or json, which also says why a log is halted",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"note", "json"}))
  @APIResponse(
      responseCode = "200",
      description = "The checkpoint",
      content = {
        @Content(mediaType = "text/plain", schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CheckpointAnswer.class))
      })
  public Response checkpoint(@Context UriInfo uri) {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), Set.of("format"));
    boolean json = "json".equals(parameters.oneOf("format", List.of("note", "json")));
    parameters.check();
    LogRow log = logs.read(caller.tenant(), (connection, all) -> all.getLast());
    byte[] checkpoint = released(log);
    return Response.ok(
            json ? CheckpointAnswer.of(log, checkpoint) : checkpoint,
            json ? MediaType.APPLICATION_JSON : TEXT)
        .header(STATE, log.state().text())
        .header("Cache-Control", "no-store")
        .build();
  }

  @GET
  @Path("keys")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getKeys",
      summary = "The keys of the tenant's logs, past and present, and those of receipts")
  public KeyHistory keys(@Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    return logs.read(
        caller.tenant(),
        (connection, all) ->
            new KeyHistory(all.stream().map(KeyHistory.Log::of).toList(), receiptKeys(connection)));
  }

  private static List<KeyHistory.ReceiptKey> receiptKeys(SqlConnection connection) {
    List<KeyHistory.ReceiptKey> keys = new ArrayList<>();
    for (Row row : await(connection.query(RECEIPT_KEYS).execute())) {
      keys.add(
          new KeyHistory.ReceiptKey(
              row.getUUID(0).toString(),
              row.getString(1),
              row.getOffsetDateTime(2).toInstant().toString()));
    }
    return keys;
  }

  /** The checkpoint that was shown last; there is none of a log that only the guard knows. */
  static byte[] released(LogRow log) {
    byte[] checkpoint = log.checkpoint();
    if (checkpoint == null) {
      throw new Refused(
          ProblemCode.CONFLICT,
          "The log is halted, and nothing of it is here: " + log.haltedBecause());
    }
    return checkpoint;
  }
}
