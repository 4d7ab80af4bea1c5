package app.meshguard.decision.decide;

/** The outcome of a call, its record on stable storage. Only {@link Allow} passes. */
public sealed interface Decision {
  Decided decided();

  /** As it is written in answers. */
  String text();

  /** The call passes. */
  record Allow(Decided decided) implements Decision {
    @Override
    public String text() {
      return "allow";
    }
  }

  /** The call is refused. */
  record Deny(Decided decided) implements Decision {
    @Override
    public String text() {
      return "deny";
    }
  }

  /** The call waits for a human's approval. */
  record PendingApproval(Decided decided) implements Decision {
    @Override
    public String text() {
      return "pending_approval";
    }
  }
}
