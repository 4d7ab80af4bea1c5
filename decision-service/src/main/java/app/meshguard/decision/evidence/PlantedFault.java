package app.meshguard.decision.evidence;

import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.Arrays;
import java.util.Locale;

/**
 * A fault that breaks the promise on purpose, so that the test with kills can show that it finds
 * it. Only in the profile test.
 */
public enum PlantedFault {
  NONE,
  /** Answers at once, and writes a moment later. */
  ANSWER_BEFORE_WRITE,
  /** Sends a batch whose acknowledgement was lost again as a new one. */
  RESEND_WITHOUT_POSITION;

  /** The one that the settings ask for. */
  public static PlantedFault of(JournalConfig config) {
    PlantedFault fault = config.plantedFault().map(PlantedFault::named).orElse(NONE);
    if (fault != NONE && !ConfigUtils.isProfileActive("test")) {
      throw new IllegalStateException(
          "meshguard.journal.planted-fault is for the profile test: it breaks the promise that no"
              + " answered decision is lost");
    }
    return fault;
  }

  private static PlantedFault named(String name) {
    return Arrays.stream(values())
        .filter(fault -> fault.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "meshguard.journal.planted-fault can be "
                        + ANSWER_BEFORE_WRITE.text()
                        + " or "
                        + RESEND_WITHOUT_POSITION.text()
                        + ", not "
                        + name));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
