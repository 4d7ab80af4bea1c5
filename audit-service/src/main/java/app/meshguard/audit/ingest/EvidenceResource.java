package app.meshguard.audit.ingest;

import app.meshguard.audit.credential.FromEvidenceWriter;
import app.meshguard.audit.credential.ServiceCaller;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.ServiceHeaders;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where services ship their journals to. */
@Path("/internal/evidence")
@FromEvidenceWriter
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "internal")
class EvidenceResource {
  private final PostgresEvidenceLog log;
  private final BatchLog batches;
  private final IngestMetrics metrics;
  private final ServiceCaller caller;
  private final Heads heads;

  @Inject
  EvidenceResource(
      PostgresEvidenceLog log,
      BatchLog batches,
      IngestMetrics metrics,
      ServiceCaller caller,
      Heads heads) {
    this.log = log;
    this.batches = batches;
    this.metrics = metrics;
    this.caller = caller;
    this.heads = heads;
  }

  @PUT
  @Path("journals/{journal}")
  @Operation(operationId = "registerJournal", summary = "Make a journal known; says where it is")
  @Consumes(MediaType.WILDCARD)
  public JournalPosition register(@PathParam("journal") String journal, byte[] body) {
    UUID id = uuid(journal);
    JournalRegistration said = Registrations.read(body);
    JournalPosition position =
        log.register(id, caller.service(), said.receiptKey())
            .orElseThrow(
                () ->
                    new Refused(
                        ProblemCode.EVIDENCE_CONFLICT, "Another service registered this journal."));
    heads.witnessed(id, said);
    return position;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "appendEvidence",
      summary = "Append records, one to a line; answers when they are committed")
  public JournalPosition append(
      @HeaderParam(ServiceHeaders.JOURNAL) @Nullable String journal,
      @HeaderParam(ServiceHeaders.FIRST_POSITION) @Nullable String firstPosition,
      @HeaderParam(ServiceHeaders.BATCH_HASH) @Nullable String hash,
      byte[] body) {
    EvidenceBatch batch =
        EvidenceBatch.read(
            uuid(required(ServiceHeaders.JOURNAL, journal)),
            position(required(ServiceHeaders.FIRST_POSITION, firstPosition)),
            required(ServiceHeaders.BATCH_HASH, hash),
            body);
    return switch (metrics.timed(batch, () -> batches.append(batch, caller.service()))) {
      case AppendResult.Committed done -> heads.shown(done);
      case AppendResult.Gap gap ->
          throw new Refused(
              ProblemCode.EVIDENCE_GAP,
              "The next position is " + (gap.position().position() + 1) + ".");
      case AppendResult.Conflict conflict ->
          throw new Refused(
              ProblemCode.EVIDENCE_CONFLICT,
              "Another record is committed at position " + conflict.at() + ".");
      case AppendResult.UnknownJournal unknown ->
          throw new Refused(ProblemCode.NOT_FOUND, "Register the journal first.");
    };
  }

  private static String required(String header, @Nullable String value) {
    if (value == null) {
      throw invalid("The header " + header + " is missing.");
    }
    return value;
  }

  private static UUID uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as a UUID in a short form is.
    }
    throw invalid("The journal is not a UUID.");
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("The first position is not a number.");
    }
  }

  private static Refused invalid(String detail) {
    return new Refused(ProblemCode.INVALID_REQUEST, detail);
  }
}
