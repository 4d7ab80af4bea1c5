package app.meshguard.decision.credential;

import app.meshguard.decision.bundle.Bundles;
import app.meshguard.decision.bundle.KnownAgent;
import app.meshguard.decision.bundle.TenantBundle;
import app.meshguard.decision.credential.Identification.Identified;
import app.meshguard.decision.credential.Identification.Rejected;
import app.meshguard.decision.credential.Identification.Unknown;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.bundle.DirectorySection.KeyEntry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who calls. */
@Singleton
public class Credentials {
  private static final Unknown NONE =
      new Unknown("Send an agent token as bearer, or an API key in X-MeshGuard-API-Key.");
  private static final Unknown NOT_VALID = new Unknown("The credential is not valid.");
  private static final Unknown WHICH_AGENT =
      new Unknown(
          "The key must say which agent acts, one that it may act for: send its id or name in"
              + " X-MeshGuard-Agent.");

  /** Without an agent there is nobody under whose name the refusal could be recorded. */
  private static final Unknown KEY_REVOKED = new Unknown("The API key has been revoked.");

  private final Bundles bundles;
  private final TokenVerifier verifier;
  private final KeyUses uses;
  private final Clock clock;

  Credentials(Bundles bundles, TokenVerifier verifier, KeyUses uses, Clock clock) {
    this.bundles = bundles;
    this.verifier = verifier;
    this.uses = uses;
    this.clock = clock;
  }

  public Identification identify(PresentedCredential shown) {
    String bearer = bearer(shown.authorization());
    if (bearer != null) {
      return bearer.startsWith("msk_") ? byKey(bearer, shown) : byToken(bearer, shown);
    }
    String key = shown.apiKey();
    return key == null ? NONE : byKey(key, shown);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    return authorization.substring(7).strip();
  }

  private Identification byToken(String text, PresentedCredential shown) {
    VerifiedToken token = verifier.verify(text);
    TenantBundle tenant = token == null ? null : bundles.find(token.tenant());
    KnownAgent agent =
        token == null || tenant == null ? null : tenant.directory().agentById(token.agentId());
    if (token == null || tenant == null || agent == null) {
      return NOT_VALID;
    }
    Caller caller = new Caller(tenant, agent, CredentialKind.AGENT_TOKEN, token.jti());
    if (token.expiresAt() <= clock.millis()) {
      return new Rejected(caller, "token_expired", "The agent token has expired.");
    }
    if (tenant.revocations().token(token.jti())
        || token.issuedAt() < agent.entry().tokensValidFrom()) {
      return new Rejected(caller, "token_revoked", "The agent token has been revoked.");
    }
    if (!shown.namesNoOtherThan(agent)) {
      return new Rejected(
          caller,
          "agent_mismatch",
          "The agent token is of another agent than X-MeshGuard-Agent or X-MeshGuard-Agent-ID"
              + " names; leave the header out, or send the token's own agent.");
    }
    return living(caller);
  }

  private Identification byKey(String text, PresentedCredential shown) {
    Optional<ApiKey> parsed = ApiKey.parse(text);
    if (parsed.isEmpty() || parsed.get().kind() != ApiKey.Kind.AGENT_KEY) {
      return NOT_VALID;
    }
    ApiKey key = parsed.get();
    TenantBundle tenant = bundles.find(key.tenant());
    KeyEntry entry = tenant == null ? null : tenant.directory().key(key.keyId());
    if (tenant == null || entry == null || !isSame(key.sha256(), entry.sha256())) {
      return NOT_VALID;
    }
    KnownAgent agent = agentOf(tenant, entry, shown.named());
    if (agent == null || !shown.namesNoOtherThan(agent)) {
      return isRevoked(tenant, entry) ? KEY_REVOKED : WHICH_AGENT;
    }
    Caller caller = new Caller(tenant, agent, CredentialKind.API_KEY, entry.id());
    if (isRevoked(tenant, entry)) {
      return new Rejected(caller, "key_revoked", KEY_REVOKED.message());
    }
    long now = clock.millis();
    Long end = entry.expiresAt();
    if (end != null && end <= now) {
      return new Rejected(caller, "key_expired", "The API key has expired.");
    }
    uses.used(tenant.tenant(), entry.id(), now);
    return living(caller);
  }

  /**
   * By the directory, which keeps a revoked key for a while, or by the revocations, which may come
   * before it.
   */
  private static boolean isRevoked(TenantBundle tenant, KeyEntry key) {
    return key.revokedAt() != null || tenant.revocations().key(key.id());
  }

  private static boolean isSame(String hash, String stored) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
  }

  /** The agent that the key acts for; a key bound to one acts for no other. */
  private static @Nullable KnownAgent agentOf(
      TenantBundle tenant, KeyEntry key, @Nullable String named) {
    KnownAgent asked = named == null ? null : tenant.directory().agent(named);
    String bound = key.agentId();
    if (bound != null) {
      KnownAgent only = tenant.directory().agentById(bound);
      return named == null || (asked != null && asked.id().equals(bound)) ? only : null;
    }
    return asked != null && mayActFor(key.agentTags(), asked) ? asked : null;
  }

  private static boolean mayActFor(List<String> tags, KnownAgent agent) {
    return tags.contains("*") || !Collections.disjoint(tags, agent.entry().tags());
  }

  private Identification living(Caller caller) {
    KnownAgent agent = caller.agent();
    if (agent.isRevoked() || caller.tenant().revocations().agent(agent.id())) {
      return new Rejected(caller, "agent_revoked", "The agent has been revoked.");
    }
    if (agent.isExpiredAt(clock.millis())) {
      return new Rejected(caller, "agent_expired", "The agent has expired.");
    }
    return new Identified(caller);
  }
}
