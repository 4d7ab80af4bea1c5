package app.meshguard.tenant.bundle;

/** PostgreSQL channels over which the replicas of this service talk. */
final class Channels {
  /** A {@code FeedEvent}, sent in the transaction of the write that it tells of. */
  static final String CHANGES = "meshguard_changes";

  /** A {@code FeedAck}, so that a write at one replica hears of an ack given to another. */
  static final String ACKS = "meshguard_acks";

  private Channels() {}
}
