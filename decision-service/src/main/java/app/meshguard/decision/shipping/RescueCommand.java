package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.DamagedJournal;
import app.meshguard.decision.evidence.JournalReader;
import app.meshguard.decision.evidence.StrandedJournal;
import app.meshguard.identity.ServiceIdentity;
import app.meshguard.wire.evidence.JournalPosition;
import app.meshguard.wire.evidence.JournalRegistration;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

/**
 * {@code journal ship <dir>}: ships what a replica that is gone left in its journal. Needs the
 * audit-service's address and the decision-service's identity, and no running replica.
 */
public final class RescueCommand {
  private static final int MAX_RECORDS = 5000;
  private static final int MAX_BYTES = 4 << 20;

  private final PrintStream out;
  private final PrintStream err;

  public RescueCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Ships the journal to the audit-service that the settings name.
   *
   * @return the exit code: 0 when all is shipped, 2 when the journal is damaged and all before the
   *     damage is, 1 when it could not be done
   */
  public int run(Path directory) {
    try {
      ServiceIdentity identity =
          ServiceIdentity.load(
              "decision-service",
              Path.of(setting("meshguard.identity.key-file")),
              Clock.systemUTC());
      ObjectMapper mapper =
          new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
      return run(
          directory, new AuditService(setting("meshguard.services.audit-url"), identity, mapper));
    } catch (IllegalStateException e) {
      err.println("decision-service: " + e.getMessage());
      return 1;
    }
  }

  int run(Path directory, EvidenceReceiver audit) {
    try (StrandedJournal journal = StrandedJournal.open(directory)) {
      ship(journal, audit);
      DamagedJournal damage = journal.damage();
      if (damage == null) {
        return 0;
      }
      err.println(
          "decision-service: "
              + damage.getMessage()
              + ". All before it is shipped; keep the"
              + " directory, it is evidence.");
      return 2;
    } catch (IOException | IllegalStateException e) {
      err.println("decision-service: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void ship(StrandedJournal journal, EvidenceReceiver audit)
      throws IOException, InterruptedException {
    JournalPosition known =
        audit.register(
            journal.id(), new JournalRegistration(null, Witnessed.in(journal.directory()).all()));
    long next = known.position() + 1;
    if (next < journal.first() && next <= journal.last()) {
      throw new IllegalStateException(
          "the audit-service has journal %s up to record %d, and the directory begins with record %d: what is between is in neither"
              .formatted(journal.id(), known.position(), journal.first()));
    }
    long shipped = 0;
    try (JournalReader reader = journal.readerFrom(next)) {
      for (JournalReader.Batch batch = reader.next(MAX_RECORDS, MAX_BYTES);
          batch != null;
          batch = reader.next(MAX_RECORDS, MAX_BYTES)) {
        audit.send(journal.id(), batch);
        shipped += batch.count();
      }
    }
    journal.directory().acknowledged(Math.max(known.position(), journal.last()));
    out.printf(
        "decision-service: journal %s: %d records shipped, the audit-service has it up to record %d%n",
        journal.id(), shipped, Math.max(known.position(), journal.last()));
  }

  private static String setting(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      value = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException(
          "set meshguard.services.audit-url and meshguard.identity.key-file, or"
              + " MESHGUARD_SERVICES_AUDIT_URL and MESHGUARD_IDENTITY_KEY_FILE; "
              + name
              + " is missing");
    }
    return value;
  }
}
