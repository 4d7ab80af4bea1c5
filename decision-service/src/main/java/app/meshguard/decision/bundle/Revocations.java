package app.meshguard.decision.bundle;

import app.meshguard.wire.bundle.Revocation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What must not be accepted any more; immutable. */
public final class Revocations {
  static final Revocations NONE = new Revocations(Set.of());

  private final Set<Revocation> all;
  private final Set<String> agents = new HashSet<>();
  private final Set<String> keys = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();

  Revocations(Collection<Revocation> revoked) {
    this.all = Set.copyOf(revoked);
    for (Revocation revocation : all) {
      Set<String> ids =
          switch (revocation.kind()) {
            case AGENT -> agents;
            case KEY -> keys;
            case TOKEN -> tokens;
          };
      ids.add(revocation.id());
    }
  }

  Revocations with(Collection<Revocation> more) {
    if (all.containsAll(more)) {
      return this;
    }
    Set<Revocation> together = new HashSet<>(all);
    together.addAll(more);
    return new Revocations(together);
  }

  public boolean agent(String id) {
    return agents.contains(id);
  }

  public boolean key(String id) {
    return keys.contains(id);
  }

  public boolean token(String jti) {
    return tokens.contains(jti);
  }
}
