package app.meshguard.audit.proof;

import app.meshguard.audit.epoch.LogRow;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Every key that a tenant's checkpoints, past and present, are verified with. */
record KeyHistory(
    @Schema(description = "The tenant's logs, the first one first") List<Log> logs,
    @Schema(description = "What the replicas sign receipts with") List<ReceiptKey> receiptKeys) {

  KeyHistory {
    logs = List.copyOf(logs);
    receiptKeys = List.copyOf(receiptKeys);
  }

  /** One log and its key. */
  record Log(
      int epoch,
      String origin,
      @Schema(description = "The key as verifiers of signed notes take it") String vkey,
      @Schema(description = "open, halted, or closed: a successor goes on") String state,
      @Nullable String haltedBecause,
      long size,
      String root,
      @Nullable String signedAt,
      @Schema(description = "The index of the first entry that it holds") long firstIndex,
      @Schema(description = "Leaf 0 of a successor, base64: commits to the log before it")
          @Nullable String preamble,
      @Schema(description = "Which master key of the deployment its key is made of")
          int masterVersion) {

    static Log of(LogRow log) {
      Base64.Encoder base64 = Base64.getEncoder();
      byte[] preamble = log.preamble();
      return new Log(
          log.epoch(),
          log.origin(),
          log.verifier().text(),
          log.state().text(),
          log.haltedBecause(),
          log.size(),
          base64.encodeToString(log.root()),
          log.signedAt() == null ? null : log.signedAt().toString(),
          log.firstIndex(),
          preamble == null ? null : base64.encodeToString(preamble),
          log.masterVersion());
    }
  }

  /** The key of one journal's receipts. */
  record ReceiptKey(String journal, String vkey, String registeredAt) {}
}
