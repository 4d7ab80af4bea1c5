package app.meshguard.tenant.credential;

import app.meshguard.tenant.outbox.Logins;
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
  private final Logins logins;
  private final Clock clock;

  AdminCredentials(TenantTransaction transaction, Logins logins, Clock clock) {
    this.transaction = transaction;
    this.logins = logins;
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
                    "select sha256, permissions, expires_at, last_used_at, revoked_at from api_keys"
                        + " where tenant_id = ?1 and id = ?2 and kind = 'admin'",
                    Object[].class)
                .setParameter(1, query.tenantId().value())
                .setParameter(2, query.keyId())
                .getSingleResultOrNull()
                .chain(row -> verified(session, query, row, now)));
  }

  private Uni<@Nullable AdminIdentity> verified(
      Mutiny.Session session, AdminIdentity.Query query, Object @Nullable [] row, Instant now) {
    if (row == null) {
      return unknown(session, query, now);
    }
    Instant expiresAt = instant(row[2]);
    if (!MessageDigest.isEqual(
        ((String) row[0]).getBytes(StandardCharsets.US_ASCII),
        query.sha256().getBytes(StandardCharsets.UTF_8))) {
      return refused(session, query, "wrong_secret", now);
    }
    if (row[4] != null) {
      return refused(session, query, "revoked", now);
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return refused(session, query, "expired", now);
    }
    AdminIdentity admin =
        new AdminIdentity(query.tenantId(), query.keyId(), Json.texts((String) row[1]));
    Instant lastUse = instant(row[3]);
    if (lastUse != null && now.isBefore(lastUse.plus(LAST_USE_STEP))) {
      return Uni.createFrom().item(admin);
    }
    return session
        .createNativeQuery(
            "update api_keys set last_used_at = ?1 where tenant_id = ?2 and id = ?3"
                + " and (last_used_at is null or last_used_at < ?4)")
        .setParameter(1, now.atOffset(ZoneOffset.UTC))
        .setParameter(2, query.tenantId().value())
        .setParameter(3, query.keyId())
        .setParameter(4, now.minus(LAST_USE_STEP).atOffset(ZoneOffset.UTC))
        .executeUpdate()
        // Of requests that come at once, one moves the time and tells of the use.
        .chain(
            moved ->
                moved == 0
                    ? Uni.createFrom().voidItem()
                    : logins.used(session, query.tenantId(), query.keyId(), lastUse, now))
        .replaceWith(admin);
  }

  /** A token of this form was never given out; it is told of where there is such a tenant. */
  private Uni<@Nullable AdminIdentity> unknown(
      Mutiny.Session session, AdminIdentity.Query query, Instant now) {
    return session
        .createNativeQuery("select tenant_id from tenants where tenant_id = ?1", String.class)
        .setParameter(1, query.tenantId().value())
        .getSingleResultOrNull()
        .chain(
            tenant ->
                tenant == null
                    ? Uni.createFrom().voidItem()
                    : logins.refused(session, query.tenantId(), null, "unknown_token", now))
        .replaceWith(Uni.createFrom().nullItem());
  }

  private Uni<@Nullable AdminIdentity> refused(
      Mutiny.Session session, AdminIdentity.Query query, String reason, Instant now) {
    return logins
        .refused(session, query.tenantId(), query.keyId(), reason, now)
        .replaceWith(Uni.createFrom().nullItem());
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
