package app.meshguard.policy.document;

import java.util.List;

/** To whom an agent may hand on what, and how far. Checked and carried. */
public record Delegation(
    int maxDepth, List<String> permissionCeiling, List<String> to, List<String> notTo) {
  public Delegation {
    permissionCeiling = List.copyOf(permissionCeiling);
    to = List.copyOf(to);
    notTo = List.copyOf(notTo);
  }
}
