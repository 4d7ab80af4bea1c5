package app.meshguard.decision.bundle;

/**
 * A section as it came: the exact bytes and the tenant-service's signature over them.
 *
 * @param body JSON
 * @param signature base64url
 */
record SignedSection(byte[] body, String signature) {}
