package app.meshguard.tenant.authoring;

import app.meshguard.policy.Agent;
import app.meshguard.policy.Call;
import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.authoring.Permissions;
import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestFile;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.policy.value.JsonValues;
import app.meshguard.tenant.engine.DraftText;
import app.meshguard.tenant.engine.EngineAgents;
import app.meshguard.tenant.engine.EngineTenant;
import app.meshguard.tenant.engine.EngineTenants;
import app.meshguard.tenant.platform.BodyText;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.TenantTransaction;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries calls against a tenant's policies. What takes long runs on a worker. */
@ApplicationScoped
class Trials {
  /** Above so many, findings that depend on who there is are left out. */
  private static final int MOST_AGENTS = 5_000;

  private final EngineTenants tenants;
  private final EngineAgents agents;
  private final TenantTransaction transaction;
  private final Vertx vertx;
  private final Clock clock;

  Trials(
      EngineTenants tenants,
      EngineAgents agents,
      TenantTransaction transaction,
      Vertx vertx,
      Clock clock) {
    this.tenants = tenants;
    this.agents = agents;
    this.transaction = transaction;
    this.vertx = vertx;
    this.clock = clock;
  }

  private record Scene(EngineTenant tenant, Agent agent) {}

  /** Tries one call. */
  Uni<TrialView> call(TenantId tenant, TrialRequest request) {
    return scene(tenant, request.agent())
        .chain(scene -> vertx.executeBlocking(() -> run(scene, request), false));
  }

  /** What an agent may do, and where each part of it comes from. */
  Uni<Map<String, @Nullable Object>> permissions(TenantId tenant, String agent) {
    return scene(tenant, agent)
        .chain(scene -> vertx.executeBlocking(() -> permissions(scene), false));
  }

  private static Map<String, @Nullable Object> permissions(Scene scene) {
    EngineTenant tenant = scene.tenant();
    PolicySet set = DraftText.compile(tenant.read(), tenant.rules());
    return JsonValues.written(Permissions.of(set, scene.agent()).toMap());
  }

  private Uni<Scene> scene(TenantId tenant, String agent) {
    return transaction.run(
        tenant,
        session ->
            agents
                .get(session, tenant, agent)
                .chain(found -> tenants.of(session, tenant).map(whole -> new Scene(whole, found))));
  }

  private TrialView run(Scene scene, TrialRequest request) {
    EngineTenant tenant = scene.tenant();
    List<PolicyRevision> policies = tenant.read();
    String draft = request.policies();
    if (draft != null) {
      policies = DraftText.read("policies", draft).over(policies, Set.of());
    }
    PolicySet set = DraftText.compile(policies, tenant.rules());
    Call call = request.call(tenant, clock.instant());
    return TrialView.of(scene.agent(), call, set.forAgent(scene.agent()).explain(call));
  }

  /** Looks for what is hardly meant, in a text or else in what is in force. */
  Uni<Map<String, Object>> lint(TenantId tenant, byte @Nullable [] body) {
    return transaction
        .run(
            tenant,
            session ->
                agents
                    .all(session, tenant, MOST_AGENTS)
                    .chain(all -> tenants.of(session, tenant).map(found -> new Cast(found, all))))
        .chain(
            cast ->
                vertx.executeBlocking(
                    () ->
                        LintView.of(
                            body,
                            cast.tenant(),
                            cast.agents().size() > MOST_AGENTS ? null : cast.agents()),
                    false));
  }

  private record Cast(EngineTenant tenant, List<Agent> agents) {}

  /** Runs a file of tests, against its own policies where it has any. */
  Uni<Map<String, @Nullable Object>> file(TenantId tenant, byte @Nullable [] body) {
    return vertx
        .executeBlocking(() -> read(body), false)
        .chain(
            file ->
                transaction
                    .run(
                        tenant,
                        session ->
                            agents
                                .named(session, tenant, namedIn(file))
                                .chain(
                                    named ->
                                        tenants
                                            .of(session, tenant)
                                            .map(found -> new Cast(found, named))))
                    .chain(cast -> vertx.executeBlocking(() -> run(file, cast), false)));
  }

  private static TestFile read(byte @Nullable [] body) {
    BodyText.Read read = BodyText.of(body);
    if (read.fault() != null) {
      throw refused(List.of(new PolicyProblem(1, 1, read.fault())));
    }
    PolicyTests.Parsed parsed = PolicyTests.parse(read.text());
    if (parsed.file() == null) {
      throw refused(parsed.errors());
    }
    return parsed.file();
  }

  private static RequestRefused refused(List<PolicyProblem> errors) {
    PolicyProblem first = errors.getFirst();
    return new RequestRefused(
        ProblemCode.INVALID_REQUEST,
        (errors.size() == 1 ? "" : errors.size() + " faults in the test file; the first: ")
            + "line "
            + first.line()
            + ", column "
            + first.column()
            + ": "
            + first.message(),
        errors.stream()
            .map(e -> new Problem.Fault(null, e.line(), e.column(), e.message()))
            .toList());
  }

  private static Set<String> namedIn(TestFile file) {
    return file.tests().stream()
        .map(TestFile.PolicyTest::caller)
        .filter(TestFile.Named.class::isInstance)
        .map(caller -> ((TestFile.Named) caller).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, @Nullable Object> run(TestFile file, Cast cast) {
    EngineTenant tenant = cast.tenant();
    PolicySet policies =
        file.policies().isEmpty()
            ? DraftText.compile(
                tenant.read(), file.tenant() == null ? tenant.rules() : file.tenant())
            : DraftText.compile(
                file.policies().stream()
                    .map(document -> new PolicyRevision(document.name(), 0, document))
                    .toList(),
                file.tenant() == null ? tenant.rules() : file.tenant());
    return JsonValues.written(PolicyTests.run(file, policies, cast.agents()).toMap());
  }
}
