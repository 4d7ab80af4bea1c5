package app.meshguard.audit.credential;

import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.TenantId;
import jakarta.enterprise.context.RequestScoped;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The tenant that the request's verified credential belongs to: the only source of a tenant. */
@RequestScoped
public class AdminCaller {
  private @Nullable AdminIdentity identity;
  private BooleanSupplier stillMay = () -> false;

  void is(AdminIdentity verified, BooleanSupplier asked) {
    this.identity = verified;
    this.stillMay = asked;
  }

  /**
   * Whether the credential is as good as it was: for answers that go on. It can be asked from any
   * thread, after the request too.
   */
  public BooleanSupplier stillMay() {
    return stillMay;
  }

  /**
   * Whose log may be read.
   *
   * @throws IllegalStateException when nobody was authenticated, which is a fault of ours
   */
  public TenantId tenant() {
    return verified().tenantId();
  }

  /** The id of the admin token: who it was, in entries about what was done with it. */
  public String keyId() {
    return verified().keyId();
  }

  private AdminIdentity verified() {
    if (identity == null) {
      throw new IllegalStateException("the resource is bound to no Needs… annotation");
    }
    return identity;
  }
}
