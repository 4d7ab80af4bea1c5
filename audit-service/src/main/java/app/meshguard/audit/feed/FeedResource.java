package app.meshguard.audit.feed;

import app.meshguard.audit.credential.FromTenantService;
import app.meshguard.audit.platform.QueryParameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The feed for services that keep their place themselves; each entry at least once, in order. */
@Path("/internal/feed")
@FromTenantService
@RunOnVirtualThread
@Tag(name = "internal")
class FeedResource {
  private static final int LIMIT = 500;
  private static final int MAX_BYTES = 4 << 20;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Feed feed;
  private final NewBatches batches;

  @Inject
  FeedResource(Feed feed, NewBatches batches) {
    this.feed = feed;
    this.batches = batches;
  }

  @GET
  @Produces("application/x-ndjson")
  @Operation(
      operationId = "readFeed",
      summary = "Entries of all tenants in the order of their commit; waits a second for the first")
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "The cursor of the last entry that was read; absent at the start",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "1 to 500",
      schema = @Schema(implementation = Integer.class))
  public byte[] read(@Context UriInfo uri) {
    QueryParameters parameters =
        new QueryParameters(uri.getQueryParameters(), Set.of("after", "limit"));
    FeedCursor after = cursor(parameters);
    int limit = parameters.number("limit", 1, LIMIT, LIMIT);
    parameters.check();
    List<FeedEntry> entries = feed.after(after.batch(), after.ordinal(), limit);
    if (entries.isEmpty()) {
      batches.awaitAfter(after.batch(), WAIT);
      entries = feed.after(after.batch(), after.ordinal(), limit);
    }
    return lines(entries);
  }

  private static FeedCursor cursor(QueryParameters parameters) {
    @Nullable String text = parameters.text("after");
    if (text == null) {
      return FeedCursor.START;
    }
    return FeedCursor.parse(text)
        .orElseGet(
            () -> {
              parameters.fault("after", "is not a cursor of this feed, such as 17.3.");
              return FeedCursor.START;
            });
  }

  private static byte[] lines(List<FeedEntry> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (FeedEntry each : entries) {
      FeedCursor cursor = new FeedCursor(each.entry().batch(), each.entry().ordinal());
      out.writeBytes(
          ("{\"cursor\":\""
                  + cursor
                  + "\",\"tenantId\":\""
                  + each.tenant()
                  + "\",\"index\":"
                  + each.entry().index()
                  + ",\"record\":")
              .getBytes(StandardCharsets.UTF_8));
      byte @Nullable [] record = each.entry().record();
      out.writeBytes(record == null ? "null".getBytes(StandardCharsets.UTF_8) : record);
      out.writeBytes("}\n".getBytes(StandardCharsets.UTF_8));
      if (out.size() > MAX_BYTES) {
        break;
      }
    }
    return out.toByteArray();
  }
}
