package app.meshguard.policy.authoring;

import app.meshguard.policy.document.AppliesTo;
import app.meshguard.policy.document.Delegation;
import app.meshguard.policy.document.Fields;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.Rule;
import app.meshguard.policy.value.DurationText;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changed from one document to another, rule by rule, in words. */
public final class PolicyDiff {
  private PolicyDiff() {}

  /** What became of the rule, or of the policy where there is none. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    MOVED;

    private final String text = name().toLowerCase(Locale.ROOT);

    public String text() {
      return text;
    }
  }

  /**
   * One thing that changed.
   *
   * @param rule by the name that it has now, or had; null for what is not about one rule
   * @param words a sentence without its full stop
   */
  public record Change(Kind kind, @Nullable String rule, String words) {
    /** For JSON. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", kind.text());
      if (rule != null) {
        map.put("rule", rule);
      }
      map.put("words", words);
      return map;
    }
  }

  /** All that changed, the policy's own first; empty when the two say the same. */
  public static List<Change> between(PolicyDocument before, PolicyDocument after) {
    Differences policy = new Differences("", null);
    policy.became("the name", before.name(), after.name());
    policy.became("the version", before.version(), after.version());
    policy.became("the description", before.description(), after.description());
    policy.became("the kind", before.kind().text(), after.kind().text());
    policy.became("extends", base(before), base(after));
    policy.became("abstract", yesOrNo(before.isAbstract()), yesOrNo(after.isAbstract()));
    appliesTo(before.appliesTo(), after.appliesTo(), policy);
    policy.became("the enforcement", enforcement(before), enforcement(after));
    policy.became("combining", before.combining().text(), after.combining().text());
    policy.became("the time zone", zone(before.timezone()), zone(after.timezone()));
    policy.became("the default effect", byDefault(before), byDefault(after));
    delegation(before.delegation(), after.delegation(), policy);
    policy.items("the limit on all calls", rates(before), rates(after));
    fields(before.fields(), after.fields(), policy);
    policy.became("the audit level", before.auditLevel().text(), after.auditLevel().text());
    policy.items("notify", before.notified(), after.notified());
    rules(before.rules(), after.rules(), policy);
    return policy.changes();
  }

  private static @Nullable String base(PolicyDocument document) {
    PolicyDocument.Base base = document.base();
    return base == null ? null : base.name();
  }

  private static String yesOrNo(boolean value) {
    return value ? "true" : "false";
  }

  private static void fields(@Nullable Fields before, @Nullable Fields after, Differences policy) {
    Fields was = before == null ? new Fields(List.of(), List.of()) : before;
    Fields is = after == null ? new Fields(List.of(), List.of()) : after;
    policy.items("the readable field", was.allow(), is.allow());
    policy.items("the hidden field", was.deny(), is.deny());
  }

  private static String enforcement(PolicyDocument document) {
    return document.dryRun() ? "dry_run" : "enforce";
  }

  private static String byDefault(PolicyDocument document) {
    return document.allowByDefault() ? "allow" : "deny";
  }

  private static @Nullable String zone(@Nullable ZoneId zone) {
    return zone == null ? null : zone.getId();
  }

  private static List<String> rates(PolicyDocument document) {
    return document.rateLimits().stream()
        .map(rate -> rate.limit() + " in " + DurationText.of(rate.window()))
        .toList();
  }

  private static void appliesTo(AppliesTo before, AppliesTo after, Differences policy) {
    policy.keys("appliesTo.agentIds", before.agentIds(), after.agentIds());
    policy.keys("appliesTo.roles", before.roles(), after.roles());
    policy.keys("appliesTo.trustTiers", before.trustTiers(), after.trustTiers());
    policy.keys("appliesTo.riskLevels", before.riskLevels(), after.riskLevels());
    policy.keys("appliesTo.tags", before.tags(), after.tags());
    policy.keys("appliesTo.allTags", before.allTags(), after.allTags());
  }

  private static void delegation(
      @Nullable Delegation before, @Nullable Delegation after, Differences policy) {
    if (before == null || after == null) {
      policy.became("delegation", depth(before), depth(after));
      return;
    }
    policy.became(
        "delegation.maxDepth", String.valueOf(before.maxDepth()), String.valueOf(after.maxDepth()));
    policy.items(
        "delegation.permissionCeiling", before.permissionCeiling(), after.permissionCeiling());
    policy.items("delegation.to", before.to(), after.to());
    policy.items("delegation.notTo", before.notTo(), after.notTo());
  }

  private static @Nullable String depth(@Nullable Delegation delegation) {
    return delegation == null ? null : "up to depth " + delegation.maxDepth();
  }

  private static void rules(List<Rule> before, List<Rule> after, Differences policy) {
    MatchedRules matched = new MatchedRules(before, after);
    for (Rule gone : matched.removed()) {
      policy.add(Kind.REMOVED, gone.name(), named(gone) + " was removed: " + RuleWords.of(gone));
    }
    for (Rule rule : after) {
      Rule was = matched.before(rule);
      if (was == null) {
        policy.add(Kind.ADDED, rule.name(), named(rule) + " was added: " + RuleWords.of(rule));
      } else {
        policy.addAll(RuleDiff.between(was, rule));
        if (matched.isMoved(rule)) {
          policy.add(
              Kind.MOVED,
              rule.name(),
              named(rule)
                  + " moved from place "
                  + (place(before, was) + 1)
                  + " to place "
                  + (place(after, rule) + 1));
        }
      }
    }
  }

  static String named(Rule rule) {
    return "rule '" + rule.name() + "'";
  }

  @SuppressWarnings("ReferenceEquality") // the very rule, not one that says the same
  private static int place(Collection<Rule> rules, Rule wanted) {
    int place = 0;
    for (Rule rule : rules) {
      if (rule == Objects.requireNonNull(wanted)) {
        return place;
      }
      place++;
    }
    return -1;
  }
}
