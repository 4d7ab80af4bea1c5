package app.meshguard.policy.authoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one test. Values are JSON values.
 *
 * @param line where the test stands, one-based
 * @param got what was decided and by what; empty when there was nobody to call
 * @param differences each thing that is not as expected, in words
 * @param why for a failed test, why what decided did
 * @param notes for a failed test, why the rules that could have decided did not
 */
public record TestResult(
    String name,
    int line,
    Map<String, Object> expected,
    Map<String, Object> got,
    List<String> differences,
    @Nullable String why,
    List<String> notes) {
  public TestResult {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  public boolean passed() {
    return differences.isEmpty();
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("line", line);
    map.put("passed", passed());
    map.put("expected", expected);
    map.put("got", got);
    if (!passed()) {
      map.put("differences", differences);
      if (why != null) {
        map.put("why", why);
      }
      map.put("notes", notes);
    }
    return map;
  }

  @Override
  public String toString() {
    String told = name + " (line " + line + ")";
    if (passed()) {
      return told + ": passed";
    }
    StringBuilder text = new StringBuilder(told).append(": failed");
    differences.forEach(difference -> text.append("\n  ").append(difference));
    if (why != null) {
      text.append("\n  because ").append(why);
    }
    notes.forEach(note -> text.append("\n  ").append(note));
    return text.toString();
  }
}
