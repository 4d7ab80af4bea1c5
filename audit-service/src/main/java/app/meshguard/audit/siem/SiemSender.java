package app.meshguard.audit.siem;

import app.meshguard.audit.log.LogEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends one receiver its next entries; the cursor moves only when it has taken them. */
@ApplicationScoped
class SiemSender {
  private static final Logger LOG = Logger.getLogger(SiemSender.class);

  private final SiemQueue queue;
  private final SiemSecrets secrets;
  private final SiemClient client;

  @Inject
  SiemSender(SiemQueue queue, SiemSecrets secrets, SiemClient client) {
    this.queue = queue;
    this.secrets = secrets;
    this.client = client;
  }

  void send(SiemTarget target) {
    List<LogEntry> waiting = queue.waiting(target);
    if (waiting.isEmpty()) {
      queue.sent(target, 0, target.nextIndex());
      return;
    }
    SiemBatch batch = new SiemBatch(target);
    for (LogEntry entry : waiting) {
      if (!batch.add(entry)) {
        break;
      }
    }
    Optional<String> failure = attempt(target, batch);
    if (failure.isEmpty()) {
      queue.sent(target, batch.entries(), waiting.get(batch.entries() - 1).index() + 1);
    } else {
      LOG.warnf("receiver %s of %s: %s", target.name(), target.tenant(), failure.get());
      queue.failed(target, failure.get());
    }
  }

  private Optional<String> attempt(SiemTarget target, SiemBatch batch) {
    String secret;
    try {
      secret = secrets.open(target);
    } catch (RuntimeException e) {
      return Optional.of("secret_unreadable");
    }
    return client.send(target, secret, batch.body());
  }
}
