package app.meshguard.policy.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Reads policy documents. Never throws, whatever it is given. */
public final class PolicyDocuments {
  private static final int MAX_TEXT = 16 * 1024 * 1024;
  private static final int MAX_DOCUMENTS = 1_000;

  private PolicyDocuments() {}

  /** Reads all documents of a text; the errors of all of them come at once. */
  public static ParsedDocuments parse(String yaml) {
    Problems problems = new Problems();
    List<PolicyDocument> documents = new ArrayList<>();
    if (yaml.length() > MAX_TEXT) {
      problems.errorAt(1, 1, "the text is larger than 16 MiB; apply fewer policies at a time");
      return new ParsedDocuments(documents, problems.errors(), problems.warnings());
    }
    String text = yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml;
    Map<String, Integer> linesByName = new HashMap<>();
    List<YamlDocuments.Part> parts = YamlDocuments.split(text, MAX_DOCUMENTS + 1);
    if (parts.size() > MAX_DOCUMENTS) {
      problems.errorAt(1, 1, "there are more than 1,000 documents; apply fewer at a time");
      return new ParsedDocuments(documents, problems.errors(), problems.warnings());
    }
    for (YamlDocuments.Part part : parts) {
      if (!problems.isFull()) {
        problems.startAt(part.linesBefore());
        read(part.text(), problems, documents, linesByName);
      }
    }
    if (documents.isEmpty() && problems.errorCount() == 0) {
      problems.startAt(0);
      problems.errorAt(1, 1, "there is no document here; write one with name and rules");
    }
    return new ParsedDocuments(documents, problems.errors(), problems.warnings());
  }

  private static void read(
      String text,
      Problems problems,
      List<PolicyDocument> documents,
      Map<String, Integer> linesByName) {
    int before = problems.errorCount();
    Node root = new YamlTree(problems).read(text);
    if (root == null) {
      if (problems.errorCount() == before) {
        problems.errorAt(1, 1, "the document is empty; write one with name and rules");
      }
      return;
    }
    PolicyDocument document = new DocumentReader(problems).read(root, text);
    if (document == null) {
      return;
    }
    Integer earlier = linesByName.putIfAbsent(document.name(), problems.lineOf(root));
    if (earlier != null) {
      problems.error(
          root,
          "a policy named '"
              + document.name()
              + "' stands at line "
              + earlier
              + " already; give this one another name");
    }
    documents.add(document);
  }
}
