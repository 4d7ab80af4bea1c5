package app.meshguard.audit.proof;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The proof that the log at one size continues the log at a smaller one. */
record ConsistencyAnswer(
    int epoch,
    String origin,
    long from,
    @Schema(description = "The root of the smaller tree, base64") String fromRoot,
    long to,
    @Schema(description = "The root of the larger tree, base64") String toRoot,
    @Schema(description = "The consistency proof, base64") List<String> hashes) {

  ConsistencyAnswer {
    hashes = List.copyOf(hashes);
  }
}
