package app.meshguard.tenant.impact;

import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.tenant.engine.Draft;
import app.meshguard.tenant.engine.DraftText;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.engine.EngineTenants;
import app.meshguard.tenant.impact.RecordedCalls.Page;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Replays recorded calls, on worker threads and of this service alone. */
@ApplicationScoped
class Impact {
  private static final Logger LOG = Logger.getLogger(Impact.class);

  /** More at once would take all workers of the service. */
  private static final int AT_ONCE = 2;

  private final EngineTenants tenants;
  private final RecordedCalls records;
  private final TenantTransaction transaction;
  private final Semaphore running = new Semaphore(AT_ONCE);

  Impact(EngineTenants tenants, RecordedCalls records, TenantTransaction transaction) {
    this.tenants = tenants;
    this.records = records;
    this.transaction = transaction;
  }

  /** A replay that is ready to run, and its first page, so that what fails does so at once. */
  record Prepared(TenantId tenant, ImpactRequest request, Replay replay, Page first) {}

  /** Fails as any other request does, before anything is answered. */
  Uni<Prepared> prepare(TenantId tenant, ImpactRequest request) {
    return transaction
        .run(tenant, session -> tenants.of(session, tenant))
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(found -> prepared(tenant, request, found));
  }

  private Prepared prepared(TenantId id, ImpactRequest request, EngineTenant tenant) {
    List<PolicyRevision> inForce = tenant.read();
    Set<String> removed = new HashSet<>(request.remove());
    Set<String> names =
        inForce.stream().map(PolicyRevision::name).collect(Collectors.toUnmodifiableSet());
    if (!names.containsAll(removed)) {
      throw RequestRefused.notFound("policy in force");
    }
    Draft draft =
        request.policies() == null
            ? new Draft(List.of())
            : DraftText.read("policies", request.policies());
    PolicySet after = DraftText.compile(draft.over(inForce, removed), tenant.rules());
    Replay replay = new Replay(tenant, PolicySet.compile(inForce, tenant.rules()), after);
    Page first = records.page(id, request.from(), request.to(), null, request.limit());
    return new Prepared(id, request, replay, first);
  }

  /** Progress and at last the result; ends early when nobody listens any more. */
  Multi<ImpactView> run(Prepared prepared) {
    if (!running.tryAcquire()) {
      throw new RequestRefused(
          ProblemCode.UNAVAILABLE,
          AT_ONCE + " replays run here already, which is the most. Try again in a minute.");
    }
    return Multi.createFrom()
        .<ImpactView>emitter(
            emitter ->
                Infrastructure.getDefaultWorkerPool().execute(() -> replay(prepared, emitter)));
  }

  private void replay(Prepared prepared, MultiEmitter<? super ImpactView> emitter) {
    try {
      all(prepared, emitter);
    } catch (RequestRefused e) {
      emitter.emit(ImpactView.problem(e));
    } catch (RuntimeException e) {
      LOG.error("a replay failed", e);
      emitter.emit(
          ImpactView.problem(
              new ImpactView.Trouble(
                  ProblemCode.INTERNAL.code(), "Something failed on our side.")));
    } finally {
      running.release();
      emitter.complete();
    }
  }

  private void all(Prepared prepared, MultiEmitter<? super ImpactView> emitter) {
    ImpactRequest request = prepared.request();
    Replay replay = prepared.replay();
    @Nullable Page page = prepared.first();
    while (page != null && !emitter.isCancelled()) {
      for (String line : page.records()) {
        if (emitter.isCancelled()) {
          return;
        }
        replay.add(line);
      }
      emitter.emit(ImpactView.progress(replay.progress()));
      int rest = (int) (request.limit() - replay.read());
      if (page.next() == null || rest <= 0) {
        emitter.emit(ImpactView.result(replay.result(request, page.next() == null)));
        return;
      }
      page = records.page(prepared.tenant(), request.from(), request.to(), page.next(), rest);
    }
  }
}
