package app.meshguard.decision.credential;

import app.meshguard.decision.bundle.PublishedKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that agent tokens are verified with, by kid. Nothing in a token makes us fetch: the feed
 * tells when there are other keys.
 */
@Singleton
public class TokenKeys implements PublishedKeys {
  private final VerifiedTokens verified = new VerifiedTokens(50_000);
  private volatile Map<String, Key> keys = Map.of();

  @Override
  public void use(byte[] jwks) {
    Map<String, Key> next = new HashMap<>();
    try {
      for (JsonWebKey key :
          new JsonWebKeySet(new String(jwks, StandardCharsets.UTF_8)).getJsonWebKeys()) {
        if (key instanceof RsaJsonWebKey rsa && key.getKeyId() != null) {
          next.put(key.getKeyId(), rsa.getKey());
        }
      }
    } catch (JoseException e) {
      throw new IllegalArgumentException("not a JSON Web Key Set", e);
    }
    keys = Map.copyOf(next);
    // A key that is gone must not live on in what it had verified.
    verified.clear();
  }

  @Nullable Key find(String kid) {
    return keys.get(kid);
  }

  VerifiedTokens verified() {
    return verified;
  }
}
