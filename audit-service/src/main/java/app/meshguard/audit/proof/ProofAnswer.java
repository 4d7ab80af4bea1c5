package app.meshguard.audit.proof;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The proof that an entry is in the log. */
@RegisterForReflection
record ProofAnswer(
    @Schema(description = "The entry's index among the tenant's entries") long index,
    int epoch,
    String origin,
    @Schema(description = "The number of its leaf in the log of that epoch") long leafIndex,
    @Schema(description = "SHA-256 of a zero byte and the leaf, base64") String leafHash,
    @Schema(description = "The inclusion proof, from the leaf's sibling upwards, base64")
        List<String> hashes,
    @Schema(description = "The signed note") String checkpoint,
    @Schema(description = "The key of the checkpoint's signature") String vkey) {

  ProofAnswer {
    hashes = List.copyOf(hashes);
  }
}
