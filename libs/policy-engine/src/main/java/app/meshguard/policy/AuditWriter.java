package app.meshguard.policy;

import app.meshguard.policy.condition.Facts;
import app.meshguard.policy.document.AuditLevel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what the deciding rule and the audit rules that hold want recorded. */
final class AuditWriter {
  private AuditWriter() {}

  static AuditDirective write(CompiledRule decider, List<CompiledRule> audits, Facts facts) {
    boolean plain = decider.notifies().isEmpty() && decider.auditNames().isEmpty();
    if (plain && audits.isEmpty() && decider.auditLevel() == AuditLevel.STANDARD) {
      return AuditDirective.STANDARD;
    }
    return gather(
        decider.auditLevel(),
        decider.notifies(),
        decider.auditNames(),
        audits,
        facts.in(decider.policy().zone()));
  }

  static AuditDirective write(CompiledPolicy byDefault, List<CompiledRule> audits, Facts facts) {
    AuditLevel level = byDefault.document().auditLevel();
    List<String> notified = byDefault.document().notified();
    return audits.isEmpty() && notified.isEmpty() && level == AuditLevel.STANDARD
        ? AuditDirective.STANDARD
        : gather(level, notified, AuditNames.NONE, audits, facts);
  }

  private static AuditDirective gather(
      AuditLevel atLeast,
      List<String> notified,
      AuditNames own,
      List<CompiledRule> audits,
      Facts facts) {
    AuditLevel level = atLeast;
    List<String> everybody = notified;
    Map<String, Object> context = own.isEmpty() ? Map.of() : own.values(facts);
    for (int i = 0; i < audits.size(); i++) {
      CompiledRule rule = audits.get(i);
      level = level.orMore(rule.auditLevel());
      everybody = union(everybody, rule.notifies());
      if (!rule.auditNames().isEmpty()) {
        context = merged(context, rule.auditNames().values(facts.in(rule.policy().zone())));
      }
    }
    return new AuditDirective(level.text(), everybody, context);
  }

  private static Map<String, Object> merged(Map<String, Object> a, Map<String, Object> b) {
    if (a.isEmpty()) {
      return b;
    }
    Map<String, Object> all = new LinkedHashMap<>(a);
    all.putAll(b);
    return all;
  }

  private static List<String> union(List<String> a, List<String> b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    Set<String> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }
}
