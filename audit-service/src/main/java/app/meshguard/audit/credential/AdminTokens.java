package app.meshguard.audit.credential;

import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Who stands behind an admin token. INVARIANT: an answer, a yes as much as a no, is used for at
 * most one second after it was asked for, so that a revoked token is refused by then; a failure to
 * ask is never remembered and always denies.
 */
@ApplicationScoped
class AdminTokens {
  private static final long LIFETIME_NANOS = 1_000_000_000L;
  private static final int BOUND = 10_000;

  private final AdminDirectory directory;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<AdminIdentity> identity, long askedAt) {}

  @Inject
  AdminTokens(AdminDirectory directory) {
    this(directory, System::nanoTime);
  }

  AdminTokens(AdminDirectory directory, LongSupplier nanoTime) {
    this.directory = directory;
    this.nanoTime = nanoTime;
  }

  /** Empty when the token is not known, expired or revoked. */
  Optional<AdminIdentity> resolve(ApiKey token) {
    String hash = token.sha256();
    long now = nanoTime.getAsLong();
    Known answer = known.get(hash);
    if (answer == null || now - answer.askedAt() >= LIFETIME_NANOS) {
      answer =
          new Known(
              directory
                  .ask(new AdminIdentity.Query(token.tenant(), token.keyId(), hash))
                  .filter(identity -> identity.tenantId().equals(token.tenant())),
              now);
      remember(hash, answer, now);
    }
    return answer.identity();
  }

  private void remember(String hash, Known answer, long now) {
    if (known.size() >= BOUND) {
      known.values().removeIf(old -> now - old.askedAt() >= LIFETIME_NANOS);
    }
    if (known.size() < BOUND) {
      known.put(hash, answer);
    }
  }

  int size() {
    return known.size();
  }
}
