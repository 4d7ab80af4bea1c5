package app.meshguard.bench.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules of a tenant that has grown. Every third has a wildcard inside a part, which no lookup by
 * name can find, and every tenth a regular expression in its conditions.
 */
final class ManyRules {
  /** What the regular expression takes: the number of a bill. */
  static final String NOTE = "INV-20417";

  /** As many as one policy may have. */
  private static final int RULES_A_POLICY = 2_000;

  private static final String[] VERBS = {"read", "write", "delete", "export"};

  private ManyRules() {}

  /** One rule, in the terms of any engine: {@code wildcard} is in the resource, or null. */
  record Rule(int number, String verb, String resource, boolean allows, boolean matchesNote) {
    boolean hasWildcard() {
      return resource.contains("*") || verb.equals("*");
    }
  }

  static Rule rule(int n) {
    int kind = n % 10;
    return new Rule(
        n,
        n % 6 == 3 ? "*" : n % 6 == 0 ? "read" : verb(n),
        switch (n % 6) {
          case 0 -> "*_" + n + "_pii";
          case 3 -> "order_" + n + ".*";
          default -> "table_" + n;
        },
        kind < 7,
        kind == 6);
  }

  /** An action that rule {@code n} of the many matches. */
  static String actionOf(int n) {
    return switch (n % 6) {
      case 0 -> "read:customers_" + n + "_pii";
      case 3 -> verb(n) + ":order_" + n + ".lines";
      default -> verb(n) + ":table_" + n;
    };
  }

  /**
   * Policy documents with {@code count} rules in all.
   *
   * @param policies among how many they are shared out; 0 for as few as can be
   */
  static List<String> documents(int count, int policies) {
    int each = policies == 0 ? RULES_A_POLICY : Math.ceilDiv(count, policies);
    List<String> documents = new ArrayList<>();
    for (int first = 0; first < count; first += each) {
      StringBuilder yaml = new StringBuilder(128 * 1024);
      yaml.append("name: grown-").append(documents.size()).append('\n');
      yaml.append("appliesTo: {tags: [enterprise]}\nrules:\n");
      for (int n = first; n < Math.min(count, first + each); n++) {
        write(yaml, rule(n));
      }
      documents.add(yaml.toString());
    }
    return documents;
  }

  private static void write(StringBuilder yaml, Rule rule) {
    yaml.append("- {action: \"").append(rule.verb()).append(':').append(rule.resource());
    if (rule.allows()) {
      yaml.append("\", effect: allow, conditions: [\"request.amount <= ")
          .append(rule.number() + 1_000);
      yaml.append(
          rule.matchesNote()
              ? "\", \"request.note MATCHES '/^(INV|PO)-[0-9]{4,}$/'\"]}\n"
              : "\"]}\n");
    } else {
      yaml.append("\", effect: deny, reason: not ").append(rule.number()).append("}\n");
    }
  }

  private static String verb(int n) {
    return VERBS[n % VERBS.length];
  }
}
