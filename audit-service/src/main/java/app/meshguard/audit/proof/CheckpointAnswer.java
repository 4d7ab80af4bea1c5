package app.meshguard.audit.proof;

import app.meshguard.audit.epoch.LogRow;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The newest head of a tenant's log, and whether there will be newer ones. */
@RegisterForReflection
record CheckpointAnswer(
    int epoch,
    String origin,
    long size,
    String root,
    @Schema(description = "The signed note, as tlog-checkpoint has it") String checkpoint,
    @Nullable String signedAt,
    @Schema(description = "open; or halted: nothing more is signed, haltedBecause says why")
        String state,
    @Nullable String haltedBecause) {

  static CheckpointAnswer of(LogRow log, byte[] checkpoint) {
    return new CheckpointAnswer(
        log.epoch(),
        log.origin(),
        log.size(),
        Base64.getEncoder().encodeToString(log.root()),
        new String(checkpoint, StandardCharsets.UTF_8),
        log.signedAt() == null ? null : log.signedAt().toString(),
        log.state().text(),
        log.haltedBecause());
  }
}
