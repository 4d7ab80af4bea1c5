package app.meshguard.audit.credential;

import app.meshguard.identity.TrustedServices;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Lets the services through that keep a journal: of decisions, and of changes. */
@Provider
@FromEvidenceWriter
final class EvidenceWriterFilter extends ServiceCallers {
  private final ServiceCaller caller;

  @Inject
  EvidenceWriterFilter(Instance<TrustedServices> trusted, ServiceCaller caller) {
    super(trusted, List.of("decision-service", "tenant-service"));
    this.caller = caller;
  }

  @Override
  void passes(String service) {
    caller.is(service);
  }
}
