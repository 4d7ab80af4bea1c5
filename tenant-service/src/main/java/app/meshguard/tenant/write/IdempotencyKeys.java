package app.meshguard.tenant.write;

import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** First answers of writes that came with an {@code Idempotency-Key}, kept for a day. */
@ApplicationScoped
class IdempotencyKeys {
  private static final Duration KEPT = Duration.ofHours(24);

  /** A first answer, without its secrets. */
  record Known(int status, String answer) {}

  /**
   * The first answer to the write with this key, or null when this is the first.
   *
   * @throws RequestRefused when the key came with another request
   */
  Uni<@Nullable Known> find(Write write, String key, String requestHash) {
    return write
        .session()
        .createNativeQuery(
            "select request_hash, status, answer from idempotency_keys"
                + " where tenant_id = ?1 and key = ?2 and created_at > ?3",
            Object[].class)
        .setParameter(1, write.tenant().value())
        .setParameter(2, key)
        .setParameter(3, write.now().minus(KEPT).atOffset(ZoneOffset.UTC))
        .getSingleResultOrNull()
        .map(row -> row == null ? null : known(row, requestHash));
  }

  private static Known known(Object[] row, String requestHash) {
    if (!requestHash.equals(row[0])) {
      throw new RequestRefused(
          ProblemCode.IDEMPOTENCY_CONFLICT,
          "This Idempotency-Key came with another request before. Use a new key for a new write.");
    }
    return new Known(((Number) row[1]).intValue(), (String) row[2]);
  }

  Uni<Void> keep(Write write, String key, String requestHash, Outcome outcome) {
    return write
        .session()
        .createNativeQuery("delete from idempotency_keys where tenant_id = ?1 and created_at <= ?2")
        .setParameter(1, write.tenant().value())
        .setParameter(2, write.now().minus(KEPT).atOffset(ZoneOffset.UTC))
        .executeUpdate()
        .chain(
            () ->
                write
                    .session()
                    .createNativeQuery(
                        "insert into idempotency_keys"
                            + " (tenant_id, key, request_hash, status, answer, created_at)"
                            + " values (?1, ?2, ?3, ?4, ?5, ?6)")
                    .setParameter(1, write.tenant().value())
                    .setParameter(2, key)
                    .setParameter(3, requestHash)
                    .setParameter(4, outcome.status())
                    .setParameter(5, outcome.answerWithoutSecrets())
                    .setParameter(6, write.now().atOffset(ZoneOffset.UTC))
                    .executeUpdate())
        .replaceWithVoid();
  }
}
