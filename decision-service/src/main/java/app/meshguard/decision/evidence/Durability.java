package app.meshguard.decision.evidence;

/** What an answer waits for. */
public enum Durability {
  /** The force to this replica's disk. */
  LOCAL,
  /** Also the audit-service's commit: two machines have it then. */
  REPLICATED
}
