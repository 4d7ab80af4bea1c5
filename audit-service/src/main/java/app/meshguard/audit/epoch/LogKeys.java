package app.meshguard.audit.epoch;

import app.meshguard.audit.guard.GuardedHead;
import app.meshguard.audit.seal.LogConfig;
import app.meshguard.audit.seal.Masters;
import app.meshguard.audit.tree.Checkpoint;
import app.meshguard.audit.tree.LogKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Names new logs and has the key of each. */
@ApplicationScoped
public class LogKeys {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 26;
  private static final int REMEMBERED = 10_000;

  private final Masters masters;
  private final String prefix;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<String, LogKey> keys = new ConcurrentHashMap<>();

  @Inject
  LogKeys(Masters masters, LogConfig config) {
    this(masters, config.origin());
  }

  public LogKeys(Masters masters, String prefix) {
    this.masters = masters;
    this.prefix = prefix;
  }

  /** The version of the master that keys of new logs are made of. */
  int currentMaster() {
    return masters.current();
  }

  /** A name that no other log has: random, so it tells nothing of its tenant. */
  String newOrigin() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return prefix + "/log/" + id;
  }

  /**
   * The key of a log that is there.
   *
   * @throws IllegalStateException when the masters make another key than the log was begun with
   */
  LogKey of(LogRow log) {
    LogKey key = of(log.origin(), log.epoch(), log.masterVersion());
    if (!MessageDigest.isEqual(key.verifier().publicKey(), log.publicKey())) {
      throw new IllegalStateException(
          "the key of log %s is not made of master %d as it is in the master directory"
              .formatted(log.origin(), log.masterVersion()));
    }
    return key;
  }

  /** The signed note of a head of a log that is there. */
  public byte[] checkpoint(LogRow log, GuardedHead head) {
    return new Checkpoint(head.origin(), head.size(), head.root()).signedBy(of(log));
  }

  LogKey of(String origin, int epoch, int master) {
    if (keys.size() > REMEMBERED) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        origin, name -> LogKey.ofSeed(name, masters.derive(master, LogKey.use(name, epoch))));
  }
}
