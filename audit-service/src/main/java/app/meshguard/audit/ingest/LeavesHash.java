package app.meshguard.audit.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over leaf hashes in order: what a signer holds the leaves that it reads back against. */
final class LeavesHash {
  private final MessageDigest sha256;

  LeavesHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(byte[] leafHash) {
    sha256.update(leafHash);
  }

  /** The hash of what was added since the last time. */
  byte[] take() {
    return sha256.digest();
  }
}
