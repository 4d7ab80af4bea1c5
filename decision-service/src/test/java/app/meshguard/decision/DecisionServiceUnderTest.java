package app.meshguard.decision;

import app.meshguard.testsupport.ServiceDatabaseResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A decision-service that has never heard of the tenant-service but has signed bundles on disk, as
 * after a restart while it is away.
 */
public final class DecisionServiceUnderTest implements QuarkusTestResourceLifecycleManager {
  private final ServiceDatabaseResource database = new ServiceDatabaseResource();
  private final EchoTarget target = new EchoTarget();

  @Override
  public void init(Map<String, String> initArgs) {
    Map<String, String> args = new HashMap<>(initArgs);
    args.put("service", "decision");
    // Nobody listens there.
    args.put("meshguard.services.tenant-url", "http://127.0.0.1:9");
    args.put("meshguard.services.audit-url", "http://127.0.0.1:9");
    args.put("meshguard.replica", "decision-1");
    args.put("meshguard.shipper.grace", "0s");
    args.put("meshguard.bench.baseline", "true");
    database.init(args);
  }

  @Override
  public Map<String, String> start() {
    System.setProperty("meshguard.test.target", target.start());
    Map<String, String> settings = database.start();
    SignedBundles bundles = new SignedBundles(Path.of(settings.get("meshguard.bundle.directory")));
    bundles.write(ExampleTenant.bundle());
    bundles.write(ExampleTenant.bundle(ExampleTenant.AUDITED, "audit"));
    return settings;
  }

  @Override
  public void stop() {
    database.stop();
    target.stop();
  }
}
