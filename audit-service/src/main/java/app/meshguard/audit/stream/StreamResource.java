package app.meshguard.audit.stream;

import app.meshguard.audit.credential.AdminCaller;
import app.meshguard.audit.credential.NeedsAuditRead;
import app.meshguard.audit.platform.QueryParameters;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.search.EntryFilter;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's log as it grows. */
@Path("/admin/audit/stream")
@NeedsAuditRead
@RunOnVirtualThread
@Tag(name = "audit")
class StreamResource {
  private static final int MOST_READERS = 50;

  private final LogTail tail;
  private final PostgresTenantEntries entries;
  private final AdminCaller caller;
  private final ObjectMapper json;

  @Inject
  StreamResource(
      LogTail tail, PostgresTenantEntries entries, AdminCaller caller, ObjectMapper json) {
    this.tail = tail;
    this.entries = entries;
    this.caller = caller;
    this.json = json;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "streamEntries",
      summary = "Entries as they are appended, as server-sent events",
      description =
          "Each event \"entry\" holds one entry as a list does; its id is the entry's index. Send"
              + " the last one in Last-Event-ID (browsers do) to go on after it: nothing is left"
              + " out, whatever happened between. Without it the stream starts now. Filters are"
              + " those of the list. A comment is sent every 15 seconds. The stream ends when the"
              + " token is not good any more.")
  @APIResponse(
      responseCode = "200",
      description = "The stream",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING)))
  public Multi<OutboundSseEvent> stream(
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context UriInfo uri,
      @Context Sse sse) {
    TenantId tenant = caller.tenant();
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters(), EntryFilter.NAMES);
    EntryFilter filter = EntryFilter.read(parameters);
    long after = after(parameters, lastEventId);
    parameters.check();
    if (tail.readers(tenant) >= MOST_READERS) {
      throw new Refused(
          ProblemCode.RATE_LIMITED,
          "There are " + MOST_READERS + " streams of this tenant already. Close one.");
    }
    long end = entries.next(tenant);
    // An index that was never handed out is of another log, or made up: the stream starts now.
    Reader reader = new Reader(tenant, after < 0 || after >= end ? end : after + 1, entries);
    tail.add(reader);
    Events events = new Events(reader, filter, caller.stillMay(), sse, this::text);
    return Multi.createBy()
        .repeating()
        .uni(events::next)
        .whilst(more -> !reader.isClosed())
        .onItem()
        .transformToIterable(found -> found)
        .onTermination()
        .invoke(() -> tail.remove(reader));
  }

  private String text(Object entry) {
    try {
      return json.writeValueAsString(entry);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("an entry cannot be written", e);
    }
  }

  private static long after(QueryParameters parameters, @Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return -1;
    }
    try {
      long index = Long.parseLong(lastEventId);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number below zero is.
    }
    parameters.fault("Last-Event-ID", "is not the id of an event. Send the last that you had.");
    return -1;
  }
}
