package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogRow;
import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.guard.SharedGuard;
import app.meshguard.audit.ingest.Witnessed;
import app.meshguard.audit.platform.Database;
import app.meshguard.wire.evidence.SignedHead;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Takes what replicas remember of our logs. A higher head goes to the guard, which the next round
 * asks; a lower one is compared with the tree at that size.
 */
@ApplicationScoped
class Witnesses implements Witnessed {
  private static final Logger LOG = Logger.getLogger(Witnesses.class);
  private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9.:/_-]{1,200}");
  private static final int STATEMENT_MILLIS = 10_000;

  private final Pool pool;
  private final SharedGuard guard;

  @Inject
  Witnesses(@ReactiveDataSource("sign") Pool pool, SharedGuard guard) {
    this.pool = pool;
    this.guard = guard;
  }

  @Override
  public void witnessed(UUID journal, List<SignedHead> heads) {
    Guard known = guard.get();
    List<GuardedHead> higher = new ArrayList<>();
    List<GuardedHead> lower = new ArrayList<>();
    for (SignedHead head : heads) {
      Optional<GuardedHead> read = read(head);
      if (read.isEmpty()) {
        LOG.warnf("journal %s remembers a head that cannot be one", journal);
        continue;
      }
      Optional<GuardedHead> highest = known.highest(head.origin());
      if (highest.isEmpty() || isNews(read.get(), highest.get())) {
        higher.add(read.get());
      } else if (read.get().size() < highest.get().size()) {
        lower.add(read.get());
      }
    }
    known.write(higher);
    if (!lower.isEmpty()) {
      Database.inTransaction(pool, connection -> compare(connection, lower));
    }
  }

  /** Higher, or as high with another root. */
  private static boolean isNews(GuardedHead head, GuardedHead highest) {
    return head.size() > highest.size()
        || (head.size() == highest.size() && !highest.isOf(head.root()));
  }

  private static int compare(SqlConnection connection, List<GuardedHead> heads) {
    Database.limits(connection, STATEMENT_MILLIS, STATEMENT_MILLIS);
    int halted = 0;
    for (GuardedHead head : heads) {
      Optional<LogRow> log = SignerTables.open(connection, head.origin());
      Optional<String> why = log.flatMap(row -> HeadCheck.contradiction(connection, row, head));
      if (log.isPresent() && why.isPresent()) {
        LOG.errorf("log %s is halted: a replica was shown that %s", head.origin(), why.get());
        SignerTables.halt(connection, log.get(), "a replica was shown that " + why.get());
        halted++;
      }
    }
    return halted;
  }

  private static Optional<GuardedHead> read(SignedHead head) {
    try {
      byte[] root = Base64.getDecoder().decode(head.root());
      boolean isOne =
          root.length == 32 && head.size() >= 0 && ORIGIN.matcher(head.origin()).matches();
      return isOne
          ? Optional.of(
              new GuardedHead(GuardedHead.UNKNOWN, 0, head.origin(), 0, head.size(), root))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
