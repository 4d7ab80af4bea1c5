package app.meshguard.tenant.write;

import app.meshguard.tenant.bundle.Announcement;
import app.meshguard.tenant.bundle.Propagation;
import app.meshguard.tenant.outbox.Actor;
import app.meshguard.tenant.outbox.Outbox;
import app.meshguard.tenant.platform.Caller;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.FeedEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way of a management write: under the tenant's lock, once per idempotency key, its
 * versions, its announcement and its record for the audit log in the same transaction, and answered
 * when the connected replicas have it.
 */
@ApplicationScoped
public class TenantWrites {
  private final TenantTransaction transaction;
  private final SectionVersions versions;
  private final IdempotencyKeys answers;
  private final Outbox outbox;
  private final Announcement announcement;
  private final Propagation propagation;
  private final Caller caller;
  private final Clock clock;

  TenantWrites(
      TenantTransaction transaction,
      SectionVersions versions,
      IdempotencyKeys answers,
      Outbox outbox,
      Announcement announcement,
      Propagation propagation,
      Caller caller,
      Clock clock) {
    this.transaction = transaction;
    this.versions = versions;
    this.answers = answers;
    this.outbox = outbox;
    this.announcement = announcement;
    this.propagation = propagation;
    this.caller = caller;
    this.clock = clock;
  }

  private record Done(int status, ObjectNode answer, @Nullable FeedEvent event, boolean repeat) {}

  /** Runs a write of the calling admin. */
  public Uni<Response> run(byte @Nullable [] body, Function<Write, Uni<Outcome>> work) {
    TenantId tenant = caller.tenant();
    Actor by = Actor.adminToken(caller.identity().keyId());
    String key = checked(caller.idempotencyKey());
    String hash = key == null ? "" : hash(caller.operation(), body);
    return transaction
        .run(
            tenant,
            session ->
                versions
                    .lock(session, tenant)
                    .chain(
                        before -> {
                          Write write = new Write(tenant, by, now(), session);
                          return key == null
                              ? first(write, before, work)
                              : once(write, before, key, hash, work);
                        }))
        .chain(done -> answer(done, true));
  }

  /**
   * Runs the first write of a tenant: its sign-up.
   *
   * @param tenantRow stores the tenant; false when it is there already, from an earlier write with
   *     the same key
   * @param idempotencyKey as the request gave it; the tenant's id must follow from it
   */
  public Uni<Response> begin(
      TenantId tenant,
      Actor by,
      @Nullable String idempotencyKey,
      byte[] body,
      Function<Write, Uni<Boolean>> tenantRow,
      Function<Write, Uni<Outcome>> work) {
    String key = checked(idempotencyKey);
    String hash = key == null ? "" : hash(by.id(), body);
    return transaction
        .run(
            tenant,
            session -> {
              Write write = new Write(tenant, by, now(), session);
              return tenantRow
                  .apply(write)
                  .chain(
                      isNew -> {
                        if (!isNew) {
                          return repeated(write, key, hash);
                        }
                        for (Section section : Section.values()) {
                          write.changed(section);
                        }
                        return versions
                            .begin(session, tenant)
                            .chain(
                                before ->
                                    key == null
                                        ? first(write, before, work)
                                        : kept(write, before, key, hash, work));
                      });
            })
        .chain(done -> answer(done, false));
  }

  private Uni<Done> repeated(Write write, @Nullable String key, String hash) {
    if (key == null) {
      throw new IllegalStateException("the id of a new tenant is taken");
    }
    return answers
        .find(write, key, hash)
        .onItem()
        .ifNull()
        .failWith(
            () ->
                new RequestRefused(
                    ProblemCode.IDEMPOTENCY_CONFLICT,
                    "This Idempotency-Key came with a sign-up more than a day ago. Use a new key"
                        + " for a new sign-up."))
        .map(TenantWrites::again);
  }

  private static Done again(IdempotencyKeys.Known known) {
    return new Done(known.status(), Json.read(known.answer(), ObjectNode.class), null, true);
  }

  private Uni<Done> kept(
      Write write,
      SectionVersions.Locked before,
      String key,
      String hash,
      Function<Write, Uni<Outcome>> work) {
    return work.apply(write)
        .call(outcome -> answers.keep(write, key, hash, outcome))
        .chain(outcome -> tell(write, before, outcome));
  }

  private java.time.Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Uni<Done> once(
      Write write,
      SectionVersions.Locked before,
      String key,
      String hash,
      Function<Write, Uni<Outcome>> work) {
    return answers
        .find(write, key, hash)
        .chain(
            known ->
                known == null
                    ? kept(write, before, key, hash, work)
                    : Uni.createFrom().item(again(known)));
  }

  private Uni<Done> first(
      Write write, SectionVersions.Locked before, Function<Write, Uni<Outcome>> work) {
    return work.apply(write).chain(outcome -> tell(write, before, outcome));
  }

  private Uni<Done> tell(Write write, SectionVersions.Locked before, Outcome outcome) {
    if (!write.changes().isEmpty() && write.recorded().isEmpty()) {
      throw new IllegalStateException("a write does not say for the audit log what it changed");
    }
    Uni<Void> recorded =
        outbox.add(write.session(), write.tenant(), write.actor(), write.now(), write.recorded());
    if (write.changes().isEmpty()) {
      return recorded.replaceWith(new Done(outcome.status(), outcome.answer(), null, false));
    }
    return recorded
        .chain(() -> versions.advance(write, before))
        .call(event -> announcement.announce(write.session(), event))
        .map(event -> new Done(outcome.status(), outcome.answer(), event, false));
  }

  private Uni<Response> answer(Done done, boolean saysPropagated) {
    outbox.committed();
    Uni<Boolean> propagated =
        done.event() == null ? Uni.createFrom().item(true) : propagation.await(done.event());
    return propagated.map(
        everywhere -> {
          if (saysPropagated && done.event() != null) {
            done.answer().put("propagated", everywhere);
          }
          Response.ResponseBuilder response =
              Response.status(done.status())
                  .type(MediaType.APPLICATION_JSON_TYPE)
                  .header("Cache-Control", "no-store")
                  .entity(done.answer());
          if (done.repeat()) {
            response.header("Idempotent-Replay", true);
          }
          return response.build();
        });
  }

  private static @Nullable String checked(@Nullable String key) {
    if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
      throw RequestRefused.invalid(
          "Idempotency-Key", "must be 1 to 255 visible ASCII characters without spaces");
    }
    return key;
  }

  private static String hash(String operation, byte @Nullable [] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(operation.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      if (body != null) {
        digest.update(body);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
