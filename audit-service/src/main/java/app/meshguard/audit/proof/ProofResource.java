package app.meshguard.audit.proof;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.log.EntryId;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tree.MerkleTree;
import app.meshguard.audit.tree.TlogProof;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Proofs about the caller's log. */
@Path("/admin/audit")
@NeedsAuditRead
@RunOnVirtualThread
@Tag(name = "audit")
class ProofResource {
  private static final String TEXT = "text/plain;charset=utf-8";

  private final SignedLogs logs;
  private final OpenedEntries entries;
  private final AdminCaller caller;

  @Inject
  ProofResource(SignedLogs logs, OpenedEntries entries, AdminCaller caller) {
    this.logs = logs;
    this.entries = entries;
    this.caller = caller;
  }

  @GET
  @Path("proof")
  @Produces({TEXT, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "getProof",
      summary = "The proof that an entry is in the log: a .tlog-proof file",
      description =
          "Self-contained: with the entry's leaf and the log's key it is verified without this"
              + " server. Stays valid, and is still made, when the entry itself has been deleted.")
  @Parameter(
      name = "entry",
      in = ParameterIn.QUERY,
      description = "The id of an entry",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "index",
      in = ParameterIn.QUERY,
      description = "Its index, instead: also of an entry that retention has deleted",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "tlog-proof (the default) or json",
      schema =
          @Schema(
              implementation = String.class,
              enumeration = {"tlog-proof", "json"}))
  @APIResponse(
      responseCode = "200",
      description = "The proof",
      content = {
        @Content(mediaType = "text/plain", schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProofAnswer.class))
      })
  public Response proof(@Context UriInfo uri) {
    QueryParameters parameters =
        new QueryParameters(uri.getQueryParameters(), Set.of("entry", "index", "format"));
    String id = parameters.text("entry");
    Long given = Numbers.read(parameters, "index");
    boolean json = "json".equals(parameters.oneOf("format", List.of("tlog-proof", "json")));
    if (uri.getQueryParameters().containsKey("entry")
        == uri.getQueryParameters().containsKey("index")) {
      parameters.fault("entry", "is missing. Give the id of an entry, or its index as index.");
    }
    parameters.check();
    TenantId tenant = caller.tenant();
    long index = id == null ? given == null ? -1 : given : index(tenant, id);
    return logs.read(tenant, (connection, all) -> proof(connection, all, index, json));
  }

  private long index(TenantId tenant, String id) {
    return EntryId.parse(id)
        .filter(entry -> entries.find(tenant, entry).isPresent())
        .map(EntryId::index)
        .orElseThrow(Refused::notFound);
  }

  private Response proof(SqlConnection connection, List<LogRow> all, long index, boolean json) {
    LogRow log = covering(all, index);
    byte[] checkpoint = CheckpointResource.released(log);
    long leaf = log.leafOf(index);
    List<byte[]> hashes =
        SignedLogs.compute(
            connection, log, tiles -> new MerkleTree(log.size(), tiles).inclusion(leaf));
    if (!json) {
      return Response.ok(TlogProof.text(leaf, hashes, checkpoint), TEXT)
          .header("Content-Disposition", "attachment; filename=\"entry-" + index + ".tlog-proof\"")
          .build();
    }
    byte[] leafHash =
        SignedLogs.compute(connection, log, tiles -> new MerkleTree(log.size(), tiles).leaf(leaf));
    return Response.ok(
            new ProofAnswer(
                index,
                log.epoch(),
                log.origin(),
                leaf,
                Base64.getEncoder().encodeToString(leafHash),
                base64(hashes),
                new String(checkpoint, StandardCharsets.UTF_8),
                log.verifier().text()),
            MediaType.APPLICATION_JSON)
        .build();
  }

  private static LogRow covering(List<LogRow> all, long index) {
    for (LogRow log : all) {
      if (log.covers(index)) {
        return log;
      }
    }
    LogRow newest = all.getLast();
    if (newest.state() == LogRow.State.HALTED) {
      throw new Refused(
          ProblemCode.CONFLICT,
          "The log is halted, and its last checkpoint does not cover this entry: "
              + newest.haltedBecause());
    }
    throw Refused.notFound(
        "No checkpoint covers such an entry. One that was appended now is covered within a second.");
  }

  @GET
  @Path("consistency")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getConsistency",
      summary = "The proof that the log of one size continues the log of a smaller one")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      required = true,
      description = "The smaller size: that of a checkpoint which was kept",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "The larger size; that of the newest checkpoint if absent",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
  @Parameter(
      name = "epoch",
      in = ParameterIn.QUERY,
      description = "Which of the tenant's logs; the newest if absent",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
  public ConsistencyAnswer consistency(@Context UriInfo uri) {
    QueryParameters parameters =
        new QueryParameters(uri.getQueryParameters(), Set.of("from", "to", "epoch"));
    Long from = parameters.required("from", Numbers.read(parameters, "from"));
    Long to = Numbers.read(parameters, "to");
    int epoch = parameters.number("epoch", 1, Integer.MAX_VALUE, 0);
    parameters.check();
    BiSizes sizes = new BiSizes(from == null ? 0 : from, to);
    return epoch == 0
        ? logs.read(
            caller.tenant(), (connection, all) -> consistency(connection, all.getLast(), sizes))
        : logs.read(
            caller.tenant(), epoch, (connection, log) -> consistency(connection, log, sizes));
  }

  private record BiSizes(long from, @Nullable Long to) {}

  private static ConsistencyAnswer consistency(
      SqlConnection connection, LogRow log, BiSizes sizes) {
    long from = sizes.from();
    long to = sizes.to() == null ? log.size() : sizes.to();
    if (from > to || to > log.size()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          "from is at most to, and to is at most the log's size, which is " + log.size() + ".");
    }
    Base64.Encoder base64 = Base64.getEncoder();
    return new ConsistencyAnswer(
        log.epoch(),
        log.origin(),
        from,
        base64.encodeToString(root(connection, log, from)),
        to,
        base64.encodeToString(root(connection, log, to)),
        base64(
            SignedLogs.compute(
                connection, log, tiles -> new MerkleTree(to, tiles).consistency(from))));
  }

  private static byte[] root(SqlConnection connection, LogRow log, long size) {
    return SignedLogs.compute(connection, log, tiles -> new MerkleTree(size, tiles).root());
  }

  private static List<String> base64(List<byte[]> hashes) {
    return hashes.stream().map(Base64.getEncoder()::encodeToString).toList();
  }
}
