package app.meshguard.tenant.credential;

import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.wire.AdminIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Finds out who stands behind an admin token, by its hash. */
@ApplicationScoped
class AdminCredentials {
  /** Last use is kept to the minute, so that a busy token is not a busy row. */
  private static final Duration LAST_USE_STEP = Duration.ofMinutes(1);

  private final TenantTransaction transaction;
  private final Clock clock;

  AdminCredentials(TenantTransaction transaction, Clock clock) {
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The admin, or null when the token is not known, expired or revoked. */
  Uni<@Nullable AdminIdentity> find(AdminIdentity.Query query) {
    Instant now = clock.instant();
    // The tenant that the token names is believed only once the token's hash is found there.
    return transaction.run(
        query.tenantId(),
        session ->
            session
                .createNativeQuery(
                    "select sha256, permissions, expires_at, last_used_at from api_keys"
                        + " where tenant_id = ?1 and id = ?2 and kind = 'admin'"
                        + " and revoked_at is null",
                    Object[].class)
                .setParameter(1, query.tenantId().value())
                .setParameter(2, query.keyId())
                .getSingleResultOrNull()
                .chain(row -> verified(session, query, row, now)));
  }

  private Uni<@Nullable AdminIdentity> verified(
      Mutiny.Session session, AdminIdentity.Query query, Object @Nullable [] row, Instant now) {
    if (row == null
        || !MessageDigest.isEqual(
            ((String) row[0]).getBytes(StandardCharsets.US_ASCII),
            query.sha256().getBytes(StandardCharsets.UTF_8))) {
      return Uni.createFrom().nullItem();
    }
    Instant expiresAt = instant(row[2]);
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return Uni.createFrom().nullItem();
    }
    AdminIdentity admin =
        new AdminIdentity(query.tenantId(), query.keyId(), Json.texts((String) row[1]));
    Instant lastUse = instant(row[3]);
    if (lastUse != null && now.isBefore(lastUse.plus(LAST_USE_STEP))) {
      return Uni.createFrom().item(admin);
    }
    return session
        .createNativeQuery("update api_keys set last_used_at = ?1 where tenant_id = ?2 and id = ?3")
        .setParameter(1, now.atOffset(ZoneOffset.UTC))
        .setParameter(2, query.tenantId().value())
        .setParameter(3, query.keyId())
        .executeUpdate()
        .replaceWith(admin);
  }

  private static @Nullable Instant instant(@Nullable Object column) {
    return switch (column) {
      case null -> null;
      case Instant instant -> instant;
      case OffsetDateTime time -> time.toInstant();
      default -> throw new IllegalStateException("not a time: " + column.getClass());
    };
  }
}
