package app.meshguard.decision.approval;

import app.meshguard.identity.SecretsKey;
import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes and reads the ids of approvals. An id is {@code apr_}, the decision's ULID, and the
 * approval itself, sealed under the deployment's key: asking by it needs no table that a decision
 * would have to wait for, works on every replica and after every restart, and cannot be forged.
 */
@Singleton
public class ApprovalIds {
  private static final int LONGEST = 4_000;
  private static final Pattern FORM =
      Pattern.compile("apr_([0-9A-HJKMNP-TV-Z]{26})_([0-9A-Za-z_-]+)");
  private static final String DECISION = "dec_";

  private final SecretsKey key;

  ApprovalIds(SecretsKey secrets) {
    this.key = secrets.derived("approval ids");
  }

  /** The id of a tenant's approval. */
  public String seal(TenantId tenant, Approval approval) {
    String ulid = approval.decisionId().substring(DECISION.length());
    String sealed = key.seal(ApprovalText.of(approval), purpose(tenant, ulid));
    return "apr_" + ulid + "_" + sealed.replace('+', '-').replace('/', '_').replace("=", "");
  }

  /** The approval of that id; empty for what is none, or is another tenant's. */
  public Optional<Approval> open(TenantId tenant, String id) {
    Matcher parts = FORM.matcher(id);
    if (id.length() > LONGEST || !parts.matches()) {
      return Optional.empty();
    }
    String ulid = parts.group(1);
    String sealed = parts.group(2).replace('-', '+').replace('_', '/');
    try {
      String text = key.open(sealed, purpose(tenant, ulid));
      return Optional.of(ApprovalText.read(text, DECISION + ulid));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String purpose(TenantId tenant, String ulid) {
    return tenant + "/approval/" + ulid;
  }
}
