package app.meshguard.audit.projection;

import app.meshguard.audit.seal.Payloads;
import app.meshguard.audit.words.BlindWords;
import app.meshguard.wire.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Hashes the words of the tenants that come by; those seen last are kept at hand. For one thread.
 */
final class TenantWords {
  private static final int TENANTS = 100;

  private final Payloads payloads;
  private final Map<TenantId, BlindWords> known = new LinkedHashMap<>(TENANTS, 0.75f, true);

  TenantWords(Payloads payloads) {
    this.payloads = payloads;
  }

  /** The hashes as PostgreSQL writes an array: rows of arrays cannot be sent otherwise. */
  String hashes(TenantId tenant, Set<String> words) {
    BlindWords blind = known.get(tenant);
    if (blind == null) {
      blind = new BlindWords(payloads.tenantKey(tenant, WordsKey.PURPOSE));
      known.put(tenant, blind);
      if (known.size() > TENANTS) {
        known.remove(known.keySet().iterator().next());
      }
    }
    StringBuilder array = new StringBuilder(21 * words.size() + 2).append('{');
    for (long hash : blind.hashes(words)) {
      array.append(array.length() == 1 ? "" : ",").append(hash);
    }
    return array.append('}').toString();
  }
}
