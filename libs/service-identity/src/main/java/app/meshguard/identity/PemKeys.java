package app.meshguard.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads and writes keys as PEM text: PKCS#8 for private ones, SubjectPublicKeyInfo for public. */
public final class PemKeys {
  private PemKeys() {}

  /**
   * Reads a private key.
   *
   * @param algorithm {@code Ed25519} or {@code RSA}
   * @throws IllegalStateException when the file is not readable or holds no such key; the message
   *     names the file and never its contents
   */
  public static PrivateKey readPrivate(Path file, String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der(file)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "no " + algorithm + " private key (PEM, PKCS#8) in " + file, e);
    }
  }

  /** Reads a public key, as {@link #readPrivate} does a private one. */
  public static PublicKey readPublic(Path file, String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der(file)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("no " + algorithm + " public key (PEM) in " + file, e);
    }
  }

  public static String text(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  public static String text(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static byte[] der(Path file) throws IOException {
    String text = Files.readString(file);
    StringBuilder body = new StringBuilder();
    for (String line : text.split("\\R", -1)) {
      if (!line.startsWith("-----")) {
        body.append(line.strip());
      }
    }
    return Base64.getDecoder().decode(body.toString());
  }
}
