package app.meshguard.decision.shipping;

import app.meshguard.decision.evidence.JournalDirectory;
import app.meshguard.wire.evidence.SignedHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The greatest head of each log that the audit-service has shown this replica. The replica tells it
 * of them when it registers: a log that was restored from an older backup cannot then sign another
 * root for a size that it has signed before. For the shipper's thread.
 */
final class Witnessed {
  private static final Logger LOG = Logger.getLogger(Witnessed.class);

  /** Between two writes; a force here holds up those of decisions. */
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final Path file;
  private final Map<String, SignedHead> heads = new TreeMap<>();
  private boolean changed;
  private long writtenAt = System.nanoTime() - PAUSE_NANOS;

  private Witnessed(Path file) {
    this.file = file;
  }

  static Witnessed in(JournalDirectory directory) throws IOException {
    Witnessed witnessed = new Witnessed(directory.file("witnessed"));
    if (Files.exists(witnessed.file)) {
      for (String line : Files.readAllLines(witnessed.file)) {
        String[] parts = line.split(" ");
        if (parts.length == 3 && parts[1].matches("[0-9]{1,18}")) {
          witnessed.heads.put(
              parts[0], new SignedHead(parts[0], Long.parseLong(parts[1]), parts[2]));
        }
      }
    }
    return witnessed;
  }

  List<SignedHead> all() {
    return new ArrayList<>(heads.values());
  }

  /** Remembers what is greater than what was known; false when a log has been forked. */
  boolean remember(@Nullable List<SignedHead> shown) throws IOException {
    boolean consistent = true;
    for (SignedHead head : shown == null ? List.<SignedHead>of() : shown) {
      SignedHead known = heads.get(head.origin());
      if (known == null || head.size() > known.size()) {
        heads.put(head.origin(), head);
        changed = true;
      } else if (head.size() == known.size() && !head.root().equals(known.root())) {
        consistent = false;
        LOG.errorf(
            "The audit-service shows another root of log %s at size %d than before: %s, not %s."
                + " The log has been forked or tampered with",
            head.origin(), head.size(), head.root(), known.root());
      }
    }
    if (changed && System.nanoTime() - writtenAt >= PAUSE_NANOS) {
      write();
    }
    return consistent;
  }

  void write() throws IOException {
    if (!changed) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (SignedHead head : heads.values()) {
      text.append(head.origin()).append(' ').append(head.size()).append(' ');
      text.append(head.root()).append('\n');
    }
    JournalDirectory.replace(file, text.toString());
    changed = false;
    writtenAt = System.nanoTime();
  }
}
