package app.meshguard.audit.ingest;

import app.meshguard.wire.evidence.SignedHead;
import java.util.List;
import java.util.UUID;

/** Is told which signed heads a replica remembers: a log that knows less has lost something. */
public interface Witnessed {
  /** Takes what the replica with this journal was shown, before it ships anything. */
  void witnessed(UUID journal, List<SignedHead> heads);
}
