package app.meshguard.audit.ingest;

import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.UUID;

/** Carries signed heads between the log and the replicas that remember them; there may be none. */
@ApplicationScoped
class Heads {
  private final Instance<SignedHeads> signed;
  private final Instance<Witnessed> witnesses;

  @Inject
  Heads(Instance<SignedHeads> signed, Instance<Witnessed> witnesses) {
    this.signed = signed;
    this.witnesses = witnesses;
  }

  void witnessed(UUID journal, JournalRegistration said) {
    if (said.witnessed() != null && !said.witnessed().isEmpty()) {
      witnesses.forEach(witness -> witness.witnessed(journal, said.witnessed()));
    }
  }

  JournalPosition shown(AppendResult.Committed done) {
    JournalPosition position = done.position();
    for (SignedHeads heads : signed) {
      position = position.with(heads.of(done.tenants()));
    }
    return position;
  }
}
