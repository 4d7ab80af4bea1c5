package app.meshguard.audit.credential;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import java.util.Optional;

/** Knows the admin tokens of all tenants by their hashes. */
interface AdminDirectory {
  /**
   * Asks.
   *
   * @throws Refused as unavailable, when no answer can be had: the caller is denied
   */
  Optional<AdminIdentity> ask(AdminIdentity.Query query);
}
