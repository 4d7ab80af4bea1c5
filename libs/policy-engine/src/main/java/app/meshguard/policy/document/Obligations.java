package app.meshguard.policy.document;

import app.meshguard.policy.value.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the caller has to do with an allowed or pending call.
 *
 * @param fields which fields of the answer may be read; null where all may be
 */
public record Obligations(
    List<String> redact,
    List<String> mask,
    List<String> approvers,
    @Nullable Duration expiresIn,
    @Nullable Fields fields) {
  public static final Obligations NONE = new Obligations(List.of(), List.of(), List.of(), null);

  /** What a rule itself can ask for. */
  public Obligations(
      List<String> redact,
      List<String> mask,
      List<String> approvers,
      @Nullable Duration expiresIn) {
    this(redact, mask, approvers, expiresIn, null);
  }

  public Obligations {
    redact = List.copyOf(redact);
    mask = List.copyOf(mask);
    approvers = List.copyOf(approvers);
  }

  public boolean isEmpty() {
    return redact.isEmpty()
        && mask.isEmpty()
        && approvers.isEmpty()
        && expiresIn == null
        && fields == null;
  }

  /** These, with the fields that another policy's rule hides hidden too. */
  public Obligations hidingAlso(Obligations other) {
    return other.redact.isEmpty() && other.mask.isEmpty() && other.fields == null
        ? this
        : new Obligations(
            union(redact, other.redact),
            union(mask, other.mask),
            approvers,
            expiresIn,
            Fields.both(fields, other.fields));
  }

  private static List<String> union(List<String> a, List<String> b) {
    Set<String> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return new ArrayList<>(all);
  }

  /** As it is written in answers and records; empty ones are left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!redact.isEmpty()) {
      map.put("redact", redact);
    }
    if (!mask.isEmpty()) {
      map.put("mask", mask);
    }
    if (!approvers.isEmpty()) {
      map.put("approvers", approvers);
    }
    if (expiresIn != null) {
      map.put("expires_in", DurationText.of(expiresIn));
    }
    if (fields != null) {
      map.put("fields", fields.toMap());
    }
    return map;
  }
}
