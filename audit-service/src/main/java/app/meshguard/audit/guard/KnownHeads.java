package app.meshguard.audit.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The highest signed head of each log, and two roots of one size where there were two. */
final class KnownHeads {
  private final Map<String, GuardedHead> highest = new HashMap<>();
  private final Map<String, GuardedHead> contradictions = new HashMap<>();

  void add(GuardedHead head) {
    GuardedHead known = highest.get(head.origin());
    if (known != null && known.size() == head.size() && !known.isOf(head.root())) {
      contradictions.put(head.origin(), head);
    }
    boolean namesTenant =
        known != null
            && known.tenant().equals(GuardedHead.UNKNOWN)
            && !head.tenant().equals(GuardedHead.UNKNOWN);
    if (known == null || head.size() > known.size()) {
      highest.put(head.origin(), known == null ? head : withTenantOf(head, known));
    } else if (namesTenant) {
      highest.put(head.origin(), withTenantOf(known, head));
    }
  }

  /** A shipper knows a log by its origin alone. */
  private static GuardedHead withTenantOf(GuardedHead head, GuardedHead other) {
    return head.tenant().equals(GuardedHead.UNKNOWN)
        ? new GuardedHead(
            other.tenant(), other.epoch(), head.origin(), other.master(), head.size(), head.root())
        : head;
  }

  Optional<GuardedHead> highest(String origin) {
    return Optional.ofNullable(highest.get(origin));
  }

  /** Another root that was signed for the size of the highest head. */
  Optional<GuardedHead> contradiction(String origin) {
    return Optional.ofNullable(contradictions.get(origin));
  }

  /** All logs of the tenant of which anything but emptiness was signed. */
  List<GuardedHead> of(String tenant) {
    List<GuardedHead> heads = new ArrayList<>();
    for (GuardedHead head : highest.values()) {
      if (head.tenant().equals(tenant) && head.size() > 0) {
        heads.add(head);
      }
    }
    return heads;
  }

  /** The tenants that have such logs. */
  Set<String> tenants() {
    Set<String> tenants = new HashSet<>();
    for (GuardedHead head : highest.values()) {
      if (head.size() > 0 && !head.tenant().equals(GuardedHead.UNKNOWN)) {
        tenants.add(head.tenant());
      }
    }
    return tenants;
  }

  Collection<GuardedHead> all() {
    List<GuardedHead> all = new ArrayList<>(highest.values());
    all.addAll(contradictions.values());
    return all;
  }
}
