package app.meshguard.audit.hold;

import app.meshguard.audit.ingest.OwnRecords;
import app.meshguard.audit.platform.Refused;
import app.meshguard.audit.platform.TenantLog;
import app.meshguard.audit.subject.Subjects;
import app.meshguard.wire.Base62;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Places, lists and lifts holds; each placing and lifting is an entry of the log. */
@ApplicationScoped
public class Holds {
  private static final Logger LOG = Logger.getLogger(Holds.class);

  private final TenantLog log;
  private final Subjects subjects;
  private final OwnRecords own;
  private final Clock clock;

  @Inject
  Holds(TenantLog log, Subjects subjects, OwnRecords own, Clock clock) {
    this.log = log;
    this.subjects = subjects;
    this.own = own;
    this.clock = clock;
  }

  List<Hold> all(TenantId tenant) {
    return log.read(tenant, connection -> HoldRows.all(connection, tenant));
  }

  /** How many holds are in force. */
  public int inForce(TenantId tenant) {
    return log.read(tenant, connection -> HoldRows.inForce(connection, tenant)).size();
  }

  Hold place(TenantId tenant, HoldRequest request, String by) {
    Hold.Scope scope =
        new Hold.Scope(
            request.agentId(),
            request.traceId(),
            request.from(),
            request.to(),
            request.subject() == null
                ? null
                : subjects.subject(tenant, request.subject(), request.paths()));
    Hold hold = new Hold("hld_" + Base62.random(22), scope, request.reason(), by, now(), null);
    log.read(
        tenant,
        connection -> {
          GuardedDestruction.lock(connection, tenant);
          HoldRows.insert(connection, tenant, hold);
          return hold;
        });
    noteNowOrLater(tenant);
    return hold;
  }

  Hold lift(TenantId tenant, String id, String reason, String by) {
    Hold.Lifted lifted = new Hold.Lifted(by, now(), reason);
    Hold hold =
        log.read(
            tenant,
            connection -> {
              HoldRows.lift(connection, tenant, id, lifted);
              return HoldRows.one(connection, tenant, id)
                  .orElseThrow(() -> Refused.notFound("There is no such hold."));
            });
    noteNowOrLater(tenant);
    return hold;
  }

  /** The hold is in force either way: what cannot be appended now is at the next occasion. */
  private void noteNowOrLater(TenantId tenant) {
    try {
      note(tenant);
    } catch (RuntimeException e) {
      LOG.warnf(e, "a hold of %s is not in its log yet", tenant);
    }
  }

  /**
   * Appends what the log does not tell yet: also of a placing or lifting that was cut short before.
   * The record's id is made from the hold's, so that one appended twice is seen to be one.
   */
  public void note(TenantId tenant) {
    List<Hold> placed = log.read(tenant, c -> HoldRows.unrecorded(c, tenant, "placed"));
    List<Hold> lifted = log.read(tenant, c -> HoldRows.unrecorded(c, tenant, "lifted"));
    List<byte[]> records = new ArrayList<>();
    placed.forEach(hold -> records.add(HoldRecord.placed(tenant, hold)));
    lifted.forEach(hold -> records.add(HoldRecord.lifted(tenant, hold)));
    if (!records.isEmpty()) {
      own.append(records);
      log.read(
          tenant,
          connection -> {
            placed.forEach(hold -> HoldRows.recorded(connection, tenant, hold.id(), "placed"));
            lifted.forEach(hold -> HoldRows.recorded(connection, tenant, hold.id(), "lifted"));
            return true;
          });
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
