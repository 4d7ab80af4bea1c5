package app.meshguard.audit.siem;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tenant says of a receiver, checked: every fault is told at once. */
record SiemSettings(
    SiemType type, URI url, @Nullable String index, String secret, boolean enabled, Start start) {
  private static final Set<String> KNOWN =
      Set.of("type", "url", "index", "secret", "enabled", "start");
  private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final int LONGEST = 2_048;

  /** Where sending starts. */
  enum Start {
    BEGINNING,
    NOW,
    KEEP
  }

  /**
   * Reads a request's body.
   *
   * @param allowPlain http URLs will do: for the local stack and self-hosting
   */
  static SiemSettings read(@Nullable Map<String, @Nullable Object> body, boolean allowPlain) {
    List<Problem.Fault> faults = new ArrayList<>();
    Map<String, @Nullable Object> given = body == null ? Map.of() : body;
    for (String key : new TreeSet<>(given.keySet())) {
      if (!KNOWN.contains(key)) {
        fault(faults, key, "is not a setting. Known are enabled, index, secret, start, type, url.");
      }
    }
    SiemType type =
        SiemType.of(text(given, "type"))
            .orElseGet(
                () -> {
                  fault(faults, "type", "is one of " + String.join(", ", SiemType.NAMES) + ".");
                  return SiemType.SPLUNK_HEC;
                });
    URI url = url(faults, text(given, "url"), allowPlain);
    @Nullable String index = given.get("index") == null ? null : text(given, "index");
    if (index != null && !INDEX.matcher(index).matches()) {
      fault(faults, "index", "is at most 100 of a-z, 0-9, dot, dash and underscore.");
    } else if (index == null && type == SiemType.ELASTIC_BULK) {
      fault(faults, "index", "is missing. Elastic needs the name of an index or data stream.");
    }
    String secret = text(given, "secret");
    if (secret.isEmpty()
        || secret.length() > LONGEST
        || !secret.chars().allMatch(c -> c > 32 && c < 127)) {
      fault(faults, "secret", "is the receiver's token: visible ASCII characters.");
    }
    Object enabled = given.getOrDefault("enabled", true);
    if (!(enabled instanceof Boolean)) {
      fault(faults, "enabled", "is true or false.");
    }
    Start start = start(faults, given);
    if (!faults.isEmpty()) {
      throw new Refused(
          ProblemCode.INVALID_REQUEST,
          faults.size() == 1
              ? faults.getFirst().message()
              : faults.size() + " settings are not right: see errors.",
          faults);
    }
    return new SiemSettings(type, url, index, secret, Boolean.TRUE.equals(enabled), start);
  }

  private static Start start(List<Problem.Fault> faults, Map<String, @Nullable Object> given) {
    if (given.get("start") == null) {
      return Start.KEEP;
    }
    switch (text(given, "start")) {
      case "beginning" -> {
        return Start.BEGINNING;
      }
      case "now" -> {
        return Start.NOW;
      }
      default -> {
        fault(faults, "start", "is beginning or now; without it, sending goes on where it is.");
        return Start.KEEP;
      }
    }
  }

  private static URI url(List<Problem.Fault> faults, String text, boolean allowPlain) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("https") || (allowPlain && scheme.equals("http")))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && text.length() <= LONGEST) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Answered below, as any other that will not do.
    }
    fault(faults, "url", "is an https URL such as https://splunk.example:8088, without a query.");
    return URI.create("https://invalid");
  }

  private static String text(Map<String, @Nullable Object> given, String key) {
    return given.get(key) instanceof String text ? text : "";
  }

  private static void fault(List<Problem.Fault> faults, String key, String message) {
    faults.add(new Problem.Fault(key, null, null, key + " " + message));
  }
}
