package app.meshguard.audit.credential;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The service whose token the request carries. */
@RequestScoped
public class ServiceCaller {
  private @Nullable String service;

  void is(String verified) {
    this.service = verified;
  }

  /**
   * Who calls.
   *
   * @throws IllegalStateException when nobody was authenticated, which is a fault of ours
   */
  public String service() {
    if (service == null) {
      throw new IllegalStateException("the resource is not bound to FromEvidenceWriter");
    }
    return service;
  }
}
