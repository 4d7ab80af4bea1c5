package app.meshguard.audit.tree;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * The key of one log: Ed25519, derived from a master that is in no database, by origin and epoch.
 * Whoever has the database cannot sign.
 */
public final class LogKey {
  private static final int PUBLIC_LENGTH = 32;

  private final PrivateKey secret;
  private final VerifierKey verifier;

  private LogKey(String name, KeyPair pair) {
    secret = pair.getPrivate();
    // X.509 wraps the 32 bytes of RFC 8032, and they stand last.
    byte[] x509 = pair.getPublic().getEncoded();
    verifier =
        new VerifierKey(name, Arrays.copyOfRange(x509, x509.length - PUBLIC_LENGTH, x509.length));
  }

  /** What a master is derived for, to be the seed of the log of this origin and epoch. */
  public static String use(String origin, int epoch) {
    return "meshguard/log/v1/" + epoch + "/" + origin;
  }

  /** The key whose secret is this seed (RFC 8032, section 5.1.5). */
  public static LogKey ofSeed(String name, byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      // The JDK computes a public key only where it makes the pair; it is given its randomness.
      generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
      return new LogKey(name, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** What the log's signatures are checked with. */
  public VerifierKey verifier() {
    return verifier;
  }

  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of the JDK's own signs", e);
    }
  }

  /** Yields the seed, once. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;
    private transient boolean spent;

    Given(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (spent || bytes.length != seed.length) {
        throw new IllegalStateException("a seed makes one key, and is as long as it");
      }
      spent = true;
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
