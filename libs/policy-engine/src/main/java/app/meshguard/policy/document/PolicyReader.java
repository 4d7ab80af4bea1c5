package app.meshguard.policy.document;

import app.meshguard.policy.document.PolicyDocument.Base;
import app.meshguard.policy.value.NearestName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the keys of a policy. */
final class PolicyReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "version",
          "description",
          "appliesTo",
          "abstract",
          "extends",
          "enforcement",
          "combining",
          "timezone",
          "rules",
          "defaultEffect",
          "delegation",
          "rateLimits",
          "humanInTheLoop",
          "audit");

  private final Problems problems;

  PolicyReader(Problems problems) {
    this.problems = problems;
  }

  /** The policy; null when it has errors. */
  @Nullable PolicyDocument read(Node root, String text) {
    int before = problems.errorCount();
    YamlMap map = YamlMap.of(root, problems, "a policy", KEYS);
    DocumentHead head = DocumentHead.read(map, problems);
    String name = head.name();
    if (map.lacks("name")) {
      problems.error(root, "the policy has no name; add name: my-policy");
    }
    AuditSettings audit = new AuditReader(problems).read(map);
    List<Rule> rules = new RulesReader(problems).read(map);
    AppliesTo appliesTo = new AppliesToReader(problems).read(map.get("appliesTo"));
    Combining combining = combining(map);
    ZoneId timezone = timezone(map);
    RuleEffect defaultEffect = defaultEffect(map);
    boolean isAbstract = map.truth("abstract");
    Base base = base(map);
    Delegation delegation = new DelegationReader(problems).read(map.get("delegation"));
    List<CallRates> rateLimits = rateLimits(map.get("rateLimits"));
    if (problems.errorCount() > before || name == null) {
      return null;
    }
    return new PolicyDocument(
        name,
        PolicyDocument.Kind.POLICY,
        head.version(),
        head.description(),
        appliesTo,
        isAbstract,
        base,
        head.dryRun(),
        combining,
        timezone,
        rules,
        defaultEffect,
        delegation,
        rateLimits,
        audit.level() == null ? AuditLevel.STANDARD : audit.level(),
        audit.notified(),
        null,
        text);
  }

  private static @Nullable RuleEffect defaultEffect(YamlMap map) {
    String written =
        map.oneOf("defaultEffect", List.of(RuleEffect.ALLOW.text(), RuleEffect.DENY.text()));
    if (written == null) {
      return null;
    }
    return written.equals(RuleEffect.ALLOW.text()) ? RuleEffect.ALLOW : RuleEffect.DENY;
  }

  private @Nullable Base base(YamlMap map) {
    String written = map.text("extends");
    Node node = map.get("extends");
    if (written == null || node == null) {
      return null;
    }
    if (!DocumentHead.isName(written)) {
      problems.error(
          node, "'" + written + "' is no policy name; extends takes the name of one policy");
      return null;
    }
    return new Base(written, problems.lineOf(node), node.getStartMark().getColumn() + 1);
  }

  private Combining combining(YamlMap map) {
    List<String> words = Arrays.stream(Combining.values()).map(Combining::text).toList();
    String written = map.oneOf("combining", words);
    return written == null || !words.contains(written)
        ? Combining.NARROWEST
        : Combining.values()[words.indexOf(written)];
  }

  private @Nullable ZoneId timezone(YamlMap map) {
    String written = map.text("timezone");
    Node node = map.get("timezone");
    if (written == null || node == null) {
      return null;
    }
    try {
      if (ZoneId.getAvailableZoneIds().contains(written) || written.equals("Z")) {
        return ZoneId.of(written);
      }
    } catch (DateTimeException e) {
      // told below, as for a name that no zone has
    }
    String nearest = NearestName.among(written, ZoneId.getAvailableZoneIds());
    problems.error(
        node,
        "'"
            + PolicyProblem.shown(written)
            + "' is no time zone; "
            + (nearest == null
                ? "use an IANA name such as Europe/Berlin or UTC"
                : "did you mean '" + nearest + "'?"));
    return null;
  }

  private List<CallRates> rateLimits(@Nullable Node node) {
    List<CallRates> rates = new ArrayList<>();
    if (node != null) {
      List<String> keys = List.of("requestsPerMinute", "requestsPerHour", "requestsPerDay");
      List<Duration> windows =
          List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
      YamlMap map = YamlMap.of(node, problems, "rateLimits", keys);
      for (int i = 0; i < keys.size(); i++) {
        Long limit = map.wholeNumber(keys.get(i), 1, 1_000_000_000L);
        if (limit != null) {
          rates.add(new CallRates(keys.get(i), limit, windows.get(i)));
        }
      }
    }
    return rates;
  }
}
