package app.meshguard.chaos;

import app.meshguard.local.Part;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bugs that are built into the services, asleep: each must turn a run red. */
public enum Planted {
  ANSWER_BEFORE_WRITE(
      "answer-before-write",
      Part.DECISION,
      "meshguard.journal.planted-fault",
      List.of("kill -9 decision-service")),
  RESEND_WITHOUT_POSITION(
      "resend-without-position",
      Part.DECISION,
      "meshguard.journal.planted-fault",
      List.of("lose one answer decision-service to audit-service")),
  ACKNOWLEDGE_BEFORE_COMMIT(
      "acknowledge-before-commit",
      Part.AUDIT,
      "meshguard.evidence.planted-fault",
      List.of("kill -9 audit-service", "kill -9 postgres"));

  private final String label;
  private final Part service;
  private final String setting;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final List<String> faults;

  Planted(String label, Part service, String setting, List<String> faults) {
    this.label = label;
    this.service = service;
    this.setting = setting;
    this.faults = List.copyOf(faults);
  }

  /** The bug of this name. */
  public static Planted named(String name) {
    return Arrays.stream(values())
        .filter(planted -> planted.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no planted bug '%s': use %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(planted -> planted.label)
                                .collect(Collectors.joining(", ")))));
  }

  public String label() {
    return label;
  }

  /** The faults that bring it to light. */
  List<String> faults() {
    return faults;
  }

  /** Adds what makes its service run with this bug to the settings of a stack. */
  void plantIn(Map<Part, Map<String, String>> settings) {
    Map<String, String> own = new HashMap<>(settings.getOrDefault(service, Map.of()));
    own.put("quarkus.profile", "test");
    own.put(setting, label);
    settings.put(service, own);
  }
}
