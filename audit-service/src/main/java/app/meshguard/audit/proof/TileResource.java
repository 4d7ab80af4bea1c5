package app.meshguard.audit.proof;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.epoch.LogRows;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.tree.TileId;
import app.meshguard.audit.tree.TreeHasher;
import app.meshguard.wire.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The read API of tlog-tiles for one of the caller's logs: a monitor needs nothing else. */
@Path("/admin/audit/log/{epoch}")
@NeedsAuditRead
@RunOnVirtualThread
@Tag(name = "audit")
class TileResource {
  private static final Pattern LEVEL = Pattern.compile("([0-9]|[1-5][0-9]|6[0-3])/(.*)");

  private final SignedLogs logs;
  private final AdminCaller caller;

  @Inject
  TileResource(SignedLogs logs, AdminCaller caller) {
    this.logs = logs;
    this.caller = caller;
  }

  @GET
  @Path("checkpoint")
  @Produces("text/plain;charset=utf-8")
  @Operation(operationId = "getLogCheckpoint", summary = "The newest checkpoint of this log")
  public Response checkpoint(@PathParam("epoch") String epoch, @Context UriInfo uri) {
    return logs.read(
        caller.tenant(),
        epoch(epoch, uri),
        (connection, log) ->
            Response.ok(CheckpointResource.released(log))
                .header(CheckpointResource.STATE, log.state().text())
                .header("Cache-Control", "no-store")
                .build());
  }

  @GET
  @Path("tile/{tile: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      operationId = "getTile",
      summary =
          "A tile, L/N[.p/W], or a bundle of entries, entries/N[.p/W], as tlog-tiles has them")
  public Response tile(
      @PathParam("epoch") String epoch, @PathParam("tile") String tile, @Context UriInfo uri) {
    TenantId tenant = caller.tenant();
    byte[] bytes =
        logs.read(tenant, epoch(epoch, uri), (connection, log) -> read(connection, log, tile));
    // What is asked for by number and width never changes; but it is for this caller only.
    return Response.ok(bytes)
        .header("Cache-Control", "private, max-age=31536000, immutable")
        .build();
  }

  private static byte[] read(SqlConnection connection, LogRow log, String path) {
    if (path.startsWith("entries/")) {
      TileId.Numbered wanted = wanted(log, 0, path.substring("entries/".length()));
      return EntryBundle.read(connection, log, wanted).orElseThrow(TileResource::none);
    }
    Matcher level = LEVEL.matcher(path);
    if (!level.matches()) {
      throw none();
    }
    TileId.Numbered wanted = wanted(log, Integer.parseInt(level.group(1)), level.group(2));
    TileId id = new TileId(Integer.parseInt(level.group(1)), wanted.number());
    byte[] hashes = LogRows.tiles(connection, log, List.of(id)).tile(id, wanted.width());
    return Arrays.copyOf(hashes, wanted.width() * TreeHasher.LENGTH);
  }

  /** A tile that the log has at its size: as wide, or narrower as it was before. */
  private static TileId.Numbered wanted(LogRow log, int level, String path) {
    return TileId.parse(path)
        .filter(w -> level < 8 && w.width() <= new TileId(level, w.number()).width(log.size()))
        .orElseThrow(TileResource::none);
  }

  private static int epoch(String text, UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of()).check();
    try {
      int epoch = Integer.parseInt(text);
      if (String.valueOf(epoch).equals(text)) {
        return epoch;
      }
    } catch (NumberFormatException e) {
      throw none();
    }
    throw none();
  }

  private static Refused none() {
    return Refused.notFound("This log has no such tile or bundle of entries.");
  }
}
