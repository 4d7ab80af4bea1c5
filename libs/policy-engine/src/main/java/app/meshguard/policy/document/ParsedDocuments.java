package app.meshguard.policy.document;

import java.util.List;

/** What a text holds: its documents where it has no error, else all the errors. */
public record ParsedDocuments(
    List<PolicyDocument> documents, List<PolicyProblem> errors, List<PolicyProblem> warnings) {
  public ParsedDocuments {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    documents = errors.isEmpty() ? List.copyOf(documents) : List.of();
  }

  public boolean isValid() {
    return errors.isEmpty();
  }
}
