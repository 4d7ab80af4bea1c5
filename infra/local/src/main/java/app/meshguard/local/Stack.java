package app.meshguard.local;

import app.meshguard.local.front.Front;
import app.meshguard.local.process.JavaCommand;
import app.meshguard.local.process.Ports;
import app.meshguard.local.process.StackGuard;
import app.meshguard.local.process.StackHome;
import app.meshguard.local.process.StackProcess;
import app.meshguard.local.process.Strays;
import app.meshguard.processes.DeploymentKeys;
import app.meshguard.processes.DetachedProcess;
import app.meshguard.processes.FreePorts;
import app.meshguard.processes.PostgresAccess;
import app.meshguard.processes.PostgresServer;
import app.meshguard.processes.PrivateFiles;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running MeshGuard: PostgreSQL, the services and the front, as processes that are known by what
 * stands in the stack's home. Several can run beside each other, each with a home of its own.
 */
public final class Stack implements AutoCloseable {
  private static final int FRONT_HEAP = Part.FRONT.heapMegabytes();

  private static final String PROFILE = "quarkus.profile";
  private static final String PRODUCTION = "prod";

  private final StackOptions options;
  private final StackHome home;
  private final Map<String, String> environment;
  private final PostgresServer postgres;
  private final Ports ports;
  private final List<DecisionReplica> replicas = new ArrayList<>();
  private @Nullable StackGuard guard;

  private Stack(StackOptions options) {
    this.options = options;
    this.home = new StackHome(options.home());
    this.environment = Map.of(Strays.MARK, home.directory().toString());
    Path cache = PostgresCache.of(options.projectRoot());
    this.postgres = new PostgresServer(cache, home.directory(), environment);
    this.ports = new Ports(home.ports());
  }

  /** The stack in its home, whether it runs or not. */
  public static Stack of(StackOptions options) {
    return new Stack(options);
  }

  /** Starts a stack for tests in {@code home}, on free ports; it ends with this JVM at latest. */
  public static Stack startGuarded(Path home) {
    return startGuarded(home, Wiring.DIRECT);
  }

  /** The same, with {@code wiring} between its processes. */
  public static Stack startGuarded(Path home, Wiring wiring) {
    Stack stack = of(StackOptions.guarded(home, wiring));
    stack.up(step -> {});
    return stack;
  }

  /**
   * Sees to it that everything runs and is ready: starts what does not run, restarts what runs with
   * old code or old settings, leaves the rest alone.
   *
   * @param progress told of each step that takes time
   * @return the names of what had to be started; empty when all was well
   */
  public List<String> up(Consumer<String> progress) {
    if (options.guarded() && guard == null) {
      guard = new StackGuard(home.directory());
    }
    int frontPort = frontPort();
    List<String> started = new ArrayList<>();
    if (!postgres.isRunning()) {
      progress.accept("Starting PostgreSQL");
      started.add(Part.POSTGRES.label());
    }
    PostgresAccess access = postgres.start();
    Apps apps = apps();
    if (new Migrations(apps, access, home.migrated(), home.logs(), environment).run()) {
      progress.accept("Migrated the databases");
    }
    for (Part service : Part.SERVICES) {
      if (ensure(service, apps, access)) {
        started.add(service.label());
      }
    }
    if (ensureFront(frontPort)) {
      started.add(Part.FRONT.label());
    }
    if (!started.isEmpty()) {
      progress.accept("Waiting until all are ready");
    }
    awaitReady();
    return started;
  }

  /** Ends everything, in the order that loses nothing, and leaves no process behind. */
  public void down() {
    replicas.forEach(DecisionReplica::close);
    replicas.clear();
    process(Part.FRONT).end();
    process(Part.DECISION).end();
    process(Part.TENANT).end();
    process(Part.AUDIT).end();
    postgres.stop();
    Strays.kill(home.directory());
  }

  /** How each process is, in the order in which they start. */
  public List<ProcessState> status() {
    List<ProcessState> states = new ArrayList<>();
    for (Part part : Part.values()) {
      Optional<DetachedProcess> process = detached(part);
      ProcessState.Life life =
          process
              .map(p -> p.isAlive() ? ProcessState.Life.RUNNING : ProcessState.Life.DEAD)
              .orElse(ProcessState.Life.STOPPED);
      long pid = process.map(DetachedProcess::pid).orElse(0L);
      URI url = part == Part.POSTGRES || process.isEmpty() ? null : url(part);
      states.add(new ProcessState(part.label(), life, pid, url));
    }
    return states;
  }

  /** The address in front of everything. */
  public URI baseUrl() {
    return url(Part.FRONT);
  }

  /** Where a service listens itself. */
  public URI url(Part part) {
    return loopback(ports.of(part.label(), true));
  }

  /** How to log in to the databases. */
  public PostgresAccess databases() {
    return postgres.access();
  }

  /** The keys of this deployment, so that a test can act as one of its services. */
  public DeploymentKeys keys() {
    return DeploymentKeys.in(home.keys());
  }

  /** Where a process of the stack writes what it has to say. */
  public Path log(Part part) {
    return home.log(part.label());
  }

  /** Where a decision-service keeps its journal. */
  public Path journal(String process) {
    return home.data(process).resolve("journal");
  }

  /** Ends one process with SIGKILL; {@link #status} then tells that it is dead. */
  public void kill(Part part) {
    if (part == Part.POSTGRES) {
      postgres.process().ifPresent(DetachedProcess::kill);
    } else {
      process(part).kill();
    }
  }

  /** Ends one process in good order. */
  public void stop(Part part) {
    if (part == Part.POSTGRES) {
      postgres.stop();
    } else {
      process(part).end();
    }
  }

  /** Lets one process run no further, as a machine that is too busy would. */
  public void pause(Part part) {
    detached(part).ifPresent(DetachedProcess::pause);
  }

  /** Lets a paused process go on. */
  public void resume(Part part) {
    detached(part).ifPresent(DetachedProcess::resume);
  }

  /** Starts one process again, where it was, and waits until it is ready. */
  public void start(Part part) {
    start(part, true);
  }

  /** Starts one process again, and does not wait: for what cannot get ready as things are. */
  public void startWithoutWaiting(Part part) {
    start(part, false);
  }

  /** Stops PostgreSQL as an operator would. */
  public void stopPostgres() {
    stop(Part.POSTGRES);
  }

  /** Starts PostgreSQL again. */
  public void startPostgres() {
    start(Part.POSTGRES);
  }

  /**
   * Starts one more decision-service, ready when this returns.
   *
   * @param extraSettings win over those of the stack
   */
  public DecisionReplica addDecisionReplica(Map<String, String> extraSettings) {
    int port = FreePorts.next();
    String name = Part.DECISION.label() + "-" + port;
    URI url = loopback(port);
    StackProcess process = new StackProcess(home, name, environment);
    Path settings = home.settings(name);
    String text =
        settings(Part.DECISION, postgres.access()).of(Part.DECISION, name, port, extraSettings);
    PrivateFiles.write(settings, text);
    PrivateFiles.directory(home.data(name));
    String profile = extraSettings.getOrDefault(PROFILE, PRODUCTION);
    process.ensure(
        JavaCommand.service(
            Part.DECISION.heapMegabytes(), apps().jar(Part.DECISION), settings, profile),
        text);
    DecisionReplica replica = new DecisionReplica(name, url, process);
    replicas.add(replica);
    process.awaitReady(url.resolve("/health"));
    return replica;
  }

  /** For tests: ends everything. What is on disk stays. */
  @Override
  public void close() {
    down();
    if (guard != null) {
      guard.close();
      guard = null;
    }
  }

  private void start(Part part, boolean wait) {
    switch (part) {
      case POSTGRES -> postgres.start();
      case FRONT -> ensureFront(ports.of(Part.FRONT.label(), true));
      case TENANT, DECISION, AUDIT -> {
        ensure(part, apps(), postgres.access());
        if (process(Part.FRONT).isRunning()) {
          // It is told where the service is, should another have taken its port meanwhile.
          ensureFront(ports.of(Part.FRONT.label(), true));
        }
      }
    }
    if (wait && part != Part.POSTGRES) {
      awaitReady(part);
    }
  }

  private boolean ensure(Part service, Apps apps, PostgresAccess access) {
    String name = service.label();
    StackProcess process = process(service);
    int port = ports.of(name, process.isRunning());
    Map<String, String> extra = options.wiring().settings(service);
    String text = settings(service, access).of(service, name, port, extra);
    PrivateFiles.write(home.settings(name), text);
    PrivateFiles.directory(home.data(name));
    List<String> command =
        JavaCommand.service(
            service.heapMegabytes(),
            apps.jar(service),
            home.settings(name),
            extra.getOrDefault(PROFILE, PRODUCTION));
    // Nobody waits for evidence to arrive, and everybody for decisions.
    return process.ensure(
        service == Part.AUDIT ? JavaCommand.inTheBackground(command) : command,
        text + apps.stamp(service));
  }

  private boolean ensureFront(int port) {
    // The front runs in another directory than this JVM.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = JavaCommand.main(FRONT_HEAP, classPath, Front.class.getName());
    command.add(Integer.toString(port));
    for (Part service : Part.SERVICES) {
      command.add(service.label() + "=" + url(service));
    }
    return process(Part.FRONT).ensure(command, "");
  }

  private int frontPort() {
    String name = Part.FRONT.label();
    boolean running = process(Part.FRONT).isRunning();
    int asked = options.frontPort();
    if (asked == 0) {
      return ports.of(name, running);
    }
    boolean ours = running && ports.of(name, true) == asked;
    if (!ours && !FreePorts.isFree(asked)) {
      throw new PortTaken(asked);
    }
    return ports.keep(name, asked);
  }

  private ServiceSettings settings(Part caller, PostgresAccess access) {
    Map<Part, URI> urls = new EnumMap<>(Part.class);
    for (Part service : Part.SERVICES) {
      URI address = loopback(ports.of(service.label(), process(service).isRunning()));
      urls.put(service, options.wiring().service(caller, service, address));
    }
    return new ServiceSettings(home, keys(), options.wiring().postgres(caller, access), urls);
  }

  private Apps apps() {
    Apps built = Apps.ofBuild(options.projectRoot());
    return options.guarded() ? built : built.copiedTo(home.apps());
  }

  private void awaitReady() {
    Part.SERVICES.forEach(this::awaitReady);
    awaitReady(Part.FRONT);
  }

  private void awaitReady(Part part) {
    String path = part == Part.FRONT ? "/health" : "/q/health/ready";
    process(part).awaitReady(url(part).resolve(path));
  }

  private Optional<DetachedProcess> detached(Part part) {
    return part == Part.POSTGRES ? postgres.process() : process(part).process();
  }

  private StackProcess process(Part part) {
    return new StackProcess(home, part.label(), environment);
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
