package app.meshguard.audit.seal;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The deployment's master keys, which are in files and never in a database. A new one is a file
 * with the next number and a restart; an old one stays for as long as anything that it sealed.
 */
@ApplicationScoped
@Startup // Without a master nothing can be kept: better said at the start.
public class Masters {
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]{0,2})\\.key");
  private static final int GREATEST = 255;

  private final NavigableMap<Integer, SecretKey> keys;

  @Inject
  Masters(LogConfig config) {
    this(config.masterDirectory());
  }

  /** The keys of that directory. */
  public Masters(Path directory) {
    keys = load(directory);
    if (keys.isEmpty()) {
      throw new IllegalStateException(
          "no master key in " + directory + ": put 32 random bytes in base64 into 1.key there");
    }
  }

  /** The version that seals and signs what is new. */
  public int current() {
    return keys.lastKey();
  }

  /** All versions, the newest first. */
  public int[] versions() {
    return keys.descendingKeySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** 32 bytes for one use, made of one version: HKDF-SHA256, the use as its info. */
  public byte[] derive(int version, String use) {
    SecretKey master = keys.get(version);
    if (master == null) {
      throw new IllegalStateException(
          "the master key " + version + ".key is gone: what it sealed cannot be opened");
    }
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(master)
                  .thenExpand(use.getBytes(StandardCharsets.UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
    }
  }

  private static NavigableMap<Integer, SecretKey> load(Path directory) {
    NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          int version = Integer.parseInt(name.group(1));
          if (version > GREATEST) {
            throw new IllegalStateException(file + ": versions go up to " + GREATEST);
          }
          keys.put(version, new SecretKeySpec(read(file), "HKDF"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the master keys in " + directory, e);
    }
    return keys;
  }

  private static byte[] read(Path file) throws IOException {
    try {
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == 32) {
        return Arrays.copyOf(key, 32);
      }
    } catch (IllegalArgumentException e) {
      // Said below, without a word of what is in it.
    }
    throw new IllegalStateException(file + " does not hold 32 bytes in base64");
  }
}
