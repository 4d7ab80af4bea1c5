package app.meshguard.local;

import java.util.Arrays;
import java.util.List;

/** The processes of a stack. */
public enum Part {
  POSTGRES("postgres", 0),
  TENANT("tenant-service", 384),
  DECISION("decision-service", 768),
  AUDIT("audit-service", 384),
  FRONT("front", 128);

  static final List<Part> SERVICES = List.of(TENANT, DECISION, AUDIT);

  private final String label;
  private final int heapMegabytes;

  Part(String label, int heapMegabytes) {
    this.label = label;
    this.heapMegabytes = heapMegabytes;
  }

  /** The name that people and files know it by. */
  public String label() {
    return label;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** The part with this label. */
  public static Part labelled(String label) {
    return Arrays.stream(values())
        .filter(part -> part.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no '"
                        + label
                        + "' in the stack: it has "
                        + String.join(", ", Arrays.stream(values()).map(Part::label).toList())));
  }
}
