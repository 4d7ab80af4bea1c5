package app.meshguard.audit.sign;

import app.meshguard.audit.epoch.LogKeys;
import app.meshguard.audit.epoch.Logs;
import app.meshguard.audit.guard.Guard;
import app.meshguard.audit.seal.Masters;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A signer and nothing else, in a process that can be halted: signs until it is killed. */
public final class SignerProcess {
  private SignerProcess() {}

  public static void main(String[] arguments) {
    PgConnectOptions database =
        PgConnectOptions.fromUri(System.getenv("SIGNER_URL"))
            .setUser("audit_sign")
            .setPassword(System.getenv("SIGNER_PASSWORD"));
    Pool pool = PgBuilder.pool().using(Vertx.vertx()).connectingTo(database).build();
    LogKeys keys = new LogKeys(new Masters(Path.of(arguments[0])), "example.com");
    Guard guard = Guard.open(Path.of(arguments[1]));
    Signer signer = new Signer(pool, keys, guard);
    Logs logs = new Logs(pool, keys, guard);
    while (true) {
      try {
        app.meshguard.audit.platform.Database.inTransaction(
                pool, connection -> SignerTables.withoutLog(connection, Set.of()))
            .forEach(logs::begin);
        signer.sign(true);
      } catch (RuntimeException e) {
        System.out.println("a round failed: " + e.getMessage());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
