package app.meshguard.tenant.starter;

import app.meshguard.policy.authoring.PolicyTests;
import app.meshguard.policy.authoring.TestFile;
import app.meshguard.policy.document.PolicyDocuments;
import java.util.Objects;

/** The page of the documentation about the starters, made from their files. */
final class StartersPage {
  private static final String HEAD =
      """
      # Starters

      Policies to begin with. A sign-up names one:

      ```bash
      curl -sS -X POST "$MESHGUARD_URL/signup" -H "Content-Type: application/json" \\
        -d '{"name": "Acme", "email": "ada@example.com", "agentName": "helper", "starter": "support-bot"}'
      ```

      Each is in force for every agent of the new tenant; give it `appliesTo` to have it for some of
      them. Take them as they are, or copy and change one: apply it under a name of your own. Below each
      stands what its test file shows; the files are in `tenant-service/src/main/resources/starters/`,
      and this page is made from them by a test.

      """;

  private StartersPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("| starter | |\n| --- | --- |\n");
    for (String id : Starters.IDS) {
      page.append("| [`%s`](#%s) | %s |\n".formatted(id, id, description(id)));
    }
    for (String id : Starters.IDS) {
      page.append("\n## ").append(id).append("\n\n```yaml\n").append(Starters.text(id));
      page.append("```\n\n| test | call | expected |\n| --- | --- | --- |\n");
      for (TestFile.PolicyTest test : file(id).tests()) {
        page.append(
            "| %s | `%s`%s | %s |\n"
                .formatted(
                    test.name(),
                    test.call().action(),
                    test.call().context().isEmpty() ? "" : " " + context(test),
                    test.expected().get("decision")));
      }
    }
    return page.toString();
  }

  private static String description(String id) {
    return Objects.requireNonNull(
        PolicyDocuments.parse(Starters.text(id)).documents().getFirst().description());
  }

  private static TestFile file(String id) {
    return Objects.requireNonNull(PolicyTests.parse(Starters.tests(id)).file());
  }

  private static String context(TestFile.PolicyTest test) {
    return "`" + test.call().context().toString().replace("|", "\\|") + "`";
  }
}
