package app.meshguard.tenant.authoring;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a file of tests, as the OpenAPI document shows it. */
@Schema(name = "TestedPolicies")
record TestFileView(String name, int passed, int failed, List<Case> cases) {

  /** One test; what differs and why only where it failed. */
  @Schema(name = "TestedCase")
  record Case(
      String name,
      int line,
      boolean passed,
      Map<String, Object> expected,
      Map<String, Object> got,
      List<String> differences,
      String why,
      List<String> notes) {}
}
