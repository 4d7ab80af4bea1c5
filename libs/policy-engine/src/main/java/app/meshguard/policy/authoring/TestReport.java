package app.meshguard.policy.authoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of all tests of a file. */
public record TestReport(String name, List<TestResult> cases) {
  public TestReport {
    cases = List.copyOf(cases);
  }

  public int passed() {
    return (int) cases.stream().filter(TestResult::passed).count();
  }

  public int failed() {
    return cases.size() - passed();
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("passed", passed());
    map.put("failed", failed());
    map.put("cases", cases.stream().map(TestResult::toMap).toList());
    return map;
  }
}
