package app.meshguard.audit.ingest;

/** Takes batches of other services. */
interface BatchLog {
  /**
   * Appends what the log does not have of the batch.
   *
   * <p>INVARIANT: what is answered as committed is committed.
   *
   * @param service who sends it
   */
  AppendResult append(EvidenceBatch batch, String service);
}
