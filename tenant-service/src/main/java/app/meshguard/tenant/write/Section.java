package app.meshguard.tenant.write;

/** The separately versioned parts of what replicas hold of a tenant. */
public enum Section {
  POLICIES,
  DIRECTORY,
  REVOCATIONS
}
