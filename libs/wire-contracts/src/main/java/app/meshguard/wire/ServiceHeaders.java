package app.meshguard.wire;

/** Header names that services use between themselves. */
public final class ServiceHeaders {
  /** Bearer service token, see the service-identity library. */
  public static final String AUTHORIZATION = "Authorization";

  /** Base64url Ed25519 signature of the exact body bytes, by the tenant-service's identity key. */
  public static final String SIGNATURE = "X-MeshGuard-Signature";

  /** UUID of the journal that a batch of evidence comes from. */
  public static final String JOURNAL = "X-MeshGuard-Journal";

  /** Position in its journal of the first record of a batch; positions start at 1. */
  public static final String FIRST_POSITION = "X-MeshGuard-First-Position";

  /** Lower-case hex SHA-256 of the batch body. */
  public static final String BATCH_HASH = "X-MeshGuard-Batch-Hash";

  /** Where the page that is answered ended; absent when nothing follows it. */
  public static final String NEXT_CURSOR = "X-MeshGuard-Next-Cursor";

  private ServiceHeaders() {}
}
