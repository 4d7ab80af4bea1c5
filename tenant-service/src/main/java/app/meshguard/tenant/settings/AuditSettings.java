package app.meshguard.tenant.settings;

import app.meshguard.tenant.platform.RequestObject;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant sets for its audit log.
 *
 * @param retentionDays null for the plan's own
 * @param erasurePaths where the context of a call names a person
 */
record AuditSettings(@Nullable Integer retentionDays, List<String> erasurePaths) {
  private static final int MOST_DAYS = 3650;
  private static final int MOST_PATHS = 20;
  private static final int LONGEST_PATH = 256;
  private static final Pattern PATH =
      Pattern.compile("context(\\.[A-Za-z_][0-9A-Za-z_-]{0,63}){1,8}");

  AuditSettings {
    erasurePaths = List.copyOf(erasurePaths);
  }

  /** These settings with what the request says otherwise. */
  AuditSettings patched(RequestObject json, String plan, RetentionConfig retention) {
    return new AuditSettings(
        json.has("retentionDays") ? days(json, plan, retention) : retentionDays,
        json.has("erasurePaths") ? paths(json) : erasurePaths);
  }

  private static @Nullable Integer days(
      RequestObject json, String plan, RetentionConfig retention) {
    Integer days = json.number("retentionDays", 1, MOST_DAYS);
    int most = retention.most().getOrDefault(plan, RetentionConfig.LEAST);
    if (days != null && days > most) {
      json.fault(
          "retentionDays",
          "is above "
              + most
              + " days, the most of the plan "
              + plan
              + "; give fewer, or null for what the plan keeps by itself");
    }
    return days;
  }

  private static List<String> paths(RequestObject json) {
    List<String> paths = json.texts("erasurePaths", MOST_PATHS, LONGEST_PATH);
    for (String path : paths) {
      if (!PATH.matcher(path).matches()) {
        json.fault(
            "erasurePaths",
            "\""
                + path
                + "\" is not a path of the context, such as context.customer.id: names joined by"
                + " dots, each of letters, digits, _ and -, eight at most after context");
      }
    }
    return paths;
  }
}
