package app.meshguard.bench.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Policies of a tenant that has grown: they apply to the same agents as the claims policy does, and
 * every third rule has a wildcard inside a part, which no lookup by name can find.
 */
final class ManyRules {
  static final int COUNT = 10_000;

  private static final int RULES_A_POLICY = 1_000;
  private static final String[] VERBS = {"read", "write", "delete", "export"};

  private ManyRules() {}

  /** Policy documents with {@code count} rules in all. */
  static List<String> documents(int count) {
    List<String> documents = new ArrayList<>();
    for (int first = 0; first < count; first += RULES_A_POLICY) {
      StringBuilder yaml = new StringBuilder(128 * 1024);
      yaml.append("name: grown-").append(documents.size()).append('\n');
      yaml.append("appliesTo: {tags: [enterprise]}\nrules:\n");
      for (int n = first; n < Math.min(count, first + RULES_A_POLICY); n++) {
        rule(yaml, n);
      }
      documents.add(yaml.toString());
    }
    return documents;
  }

  /** An action that rule {@code n} of the many matches. */
  static String actionOf(int n) {
    return switch (n % 6) {
      case 0 -> "read:customers_" + n + "_pii";
      case 3 -> verb(n) + ":order_" + n + ".lines";
      default -> verb(n) + ":table_" + n;
    };
  }

  private static void rule(StringBuilder yaml, int n) {
    String pattern =
        switch (n % 6) {
          case 0 -> "read:*_" + n + "_pii";
          case 3 -> "*:order_" + n + ".*";
          default -> verb(n) + ":table_" + n;
        };
    yaml.append("- {action: \"").append(pattern).append("\", effect: ");
    if (n % 10 < 7) {
      yaml.append("allow, conditions: [\"request.amount <= ").append(n).append("\"]}\n");
    } else {
      yaml.append("deny, reason: not ").append(n).append("}\n");
    }
  }

  private static String verb(int n) {
    return VERBS[n % VERBS.length];
  }
}
