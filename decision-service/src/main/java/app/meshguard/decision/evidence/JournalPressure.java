package app.meshguard.decision.evidence;

/**
 * How near the journal is to refusing decisions because the audit-service does not take its
 * records.
 *
 * @param bytes the part of the room that is taken, 1 when it is full
 * @param age the part of the longest age that the oldest record has reached
 * @param alarmAt from where on somebody should look
 */
public record JournalPressure(double bytes, double age, double alarmAt) {
  public boolean isAlarming() {
    return bytes >= alarmAt || age >= alarmAt;
  }
}
