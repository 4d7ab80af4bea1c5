package app.meshguard.tenant.policy;

import app.meshguard.policy.document.ParsedDocuments;
import app.meshguard.policy.document.PolicyDocument;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.policy.document.PolicyProblem;
import app.meshguard.tenant.platform.BodyText;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.wire.Problem;
import app.meshguard.wire.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** The text of one or more policies, checked by the engine before anything is stored. */
final class PolicyText {
  private PolicyText() {}

  /** A valid document and what the engine warns of in it. */
  record Checked(PolicyDocument document, List<PolicyProblem> warnings) {}

  /**
   * Checks all documents; takes long for long texts.
   *
   * @throws RequestRefused with every fault of every document
   */
  static List<Checked> check(byte[] body) {
    ParsedDocuments parsed = PolicyDocuments.parse(decode(body));
    if (!parsed.errors().isEmpty()) {
      throw refused(parsed.errors());
    }
    List<Checked> checked = new ArrayList<>();
    int next = 0;
    for (PolicyDocument document : parsed.documents()) {
      // Warnings come in the order of the documents, with lines of the whole text.
      int own = PolicyDocuments.parse(document.text()).warnings().size();
      int end = Math.min(next + own, parsed.warnings().size());
      checked.add(new Checked(document, List.copyOf(parsed.warnings().subList(next, end))));
      next = end;
    }
    return checked;
  }

  /**
   * Reads the document of a revision.
   *
   * @throws RequestRefused when this release does not take it any more
   */
  static PolicyDocument stored(String text) {
    ParsedDocuments parsed = PolicyDocuments.parse(text);
    if (parsed.documents().size() != 1) {
      throw refused(parsed.errors());
    }
    return parsed.documents().getFirst();
  }

  private static String decode(byte[] body) {
    BodyText.Read read = BodyText.of(body);
    if (read.fault() != null) {
      throw refused(List.of(new PolicyProblem(1, 1, read.fault())));
    }
    return read.text();
  }

  private static RequestRefused refused(List<PolicyProblem> errors) {
    PolicyProblem first = errors.getFirst();
    String where = "line " + first.line() + ", column " + first.column() + ": " + first.message();
    String detail =
        errors.size() == 1 ? where : errors.size() + " faults in the policy; the first: " + where;
    return new RequestRefused(
        ProblemCode.INVALID_POLICY,
        detail,
        errors.stream()
            .map(e -> new Problem.Fault(null, e.line(), e.column(), e.message()))
            .toList());
  }
}
