package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogRow;

/** A log that is open, and where the tenant's entries end. */
record Candidate(LogRow log, long endIndex) {
  long pending() {
    return Math.max(0, endIndex - log.nextIndex());
  }
}
