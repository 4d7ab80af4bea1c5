package app.meshguard.audit.seal;

import app.meshguard.audit.record.EvidenceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What of a record is hashed into the tree, and stays when the record is erased: canonical JSON
 * (RFC 8785) of pseudonyms, names that the tenant gave to its rules, and a commitment to the
 * record. INVARIANT: nothing that a person could stand in, and at most 65,535 bytes: no field has
 * more than 512 characters.
 */
final class Leaf {
  private static final String COMMITMENT = "\"commitment\":\"";

  private final StringBuilder text = new StringBuilder(512);

  /** The leaf of a record; {@code commitment} is SHA-256 of salt and record. */
  byte[] of(EvidenceRecord record, byte[] commitment) {
    text.setLength(0);
    field("agentId", record.agentId());
    field("at", record.at());
    field("code", record.code());
    field("commitment", Base64.getEncoder().encodeToString(commitment));
    field("decision", record.decision());
    field("decisionId", record.decisionId());
    field("event", record.event());
    text.append(",\"format\":1");
    field("kind", record.kind());
    field("policy", record.policy());
    if (record.policyRevision() != null) {
      text.append(",\"policyRevision\":").append(record.policyRevision().longValue());
    }
    field("rule", record.rule());
    text.append('}');
    text.setCharAt(0, '{');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a leaf commits to exactly this. A quote in a field is escaped: one place can match. */
  static boolean commitsTo(byte[] leaf, byte[] commitment) {
    return new String(leaf, StandardCharsets.ISO_8859_1)
        .contains(COMMITMENT + Base64.getEncoder().encodeToString(commitment) + '"');
  }

  /**
   * Whether this is the leaf of a record that stands beside it, or was erased; otherwise the leaf
   * is the record itself, as it was before there were any.
   */
  static boolean commits(byte[] leaf) {
    String start = new String(leaf, 0, Math.min(leaf.length, 2_048), StandardCharsets.ISO_8859_1);
    int nested = start.indexOf('{', 1);
    int at = start.indexOf(COMMITMENT);
    // Records of that time began with an action and an agent that is an object.
    return at >= 0 && (nested < 0 || at < nested);
  }

  private void field(String key, @Nullable String value) {
    if (value != null) {
      text.append(",\"").append(key).append("\":\"");
      escaped(value);
      text.append('"');
    }
  }

  private void escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        text.append(c);
      } else {
        escape(c);
      }
    }
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> text.append("\\u00").append(c >> 4).append(Character.forDigit(c & 15, 16));
    }
  }
}
