package app.meshguard.decision.credential;

import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** When each API key was last used here. To note it costs a call one look-up. */
@Singleton
public class KeyUses {
  /** Uses that are nearer to each other are one. */
  private static final long COARSE_MS = 1000;

  private static final long FORGOTTEN_MS = 3_600_000;

  private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();

  /** A key's last use. */
  public record Use(TenantId tenant, String keyId, Instant at) {}

  private static final class Seen {
    private final TenantId tenant;
    private volatile long at;
    private volatile long reported;
    private volatile long reportedAt = Long.MIN_VALUE;

    Seen(TenantId tenant) {
      this.tenant = tenant;
    }
  }

  void used(TenantId tenant, String keyId, long now) {
    Seen key = seen.get(keyId);
    if (key == null) {
      key = seen.computeIfAbsent(keyId, id -> new Seen(tenant));
    }
    if (now - key.at >= COARSE_MS) {
      key.at = now;
    }
  }

  /**
   * Uses that are to be reported: of each key at most one in {@code pauseMs}.
   *
   * @param most how many at once
   */
  public List<Use> due(long now, long pauseMs, int most) {
    List<Use> due = new ArrayList<>();
    seen.forEach(
        (id, key) -> {
          long at = key.at;
          if (at > key.reported && isDue(key, now, pauseMs)) {
            if (due.size() < most) {
              due.add(new Use(key.tenant, id, Instant.ofEpochMilli(at)));
            }
          } else if (at <= key.reported && now - at > FORGOTTEN_MS) {
            seen.remove(id, key);
          }
        });
    return due;
  }

  private static boolean isDue(Seen key, long now, long pauseMs) {
    return key.reportedAt == Long.MIN_VALUE || now - key.reportedAt >= pauseMs;
  }

  /** These have been taken. */
  public void reported(List<Use> uses, long now) {
    for (Use use : uses) {
      Seen key = seen.get(use.keyId());
      if (key != null) {
        key.reported = use.at().toEpochMilli();
        key.reportedAt = now;
      }
    }
  }
}
