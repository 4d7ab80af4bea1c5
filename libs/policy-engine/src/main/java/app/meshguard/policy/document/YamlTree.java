package app.meshguard.policy.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one document to nodes, never to objects. Everything that YAML can do beyond plain maps,
 * lists and scalars is refused by {@link PlainEvents}.
 */
public final class YamlTree {
  static final int MAX_BYTES = 256 * 1024;

  /** More than {@link PlainEvents} lets pass, so that the parser's own limit is never met. */
  private static final int MOST_LEVELS = 100;

  private final Problems problems;

  public YamlTree(Problems problems) {
    this.problems = problems;
  }

  /** The root of the document; null when it was refused. */
  public @Nullable Node read(String text) {
    if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      problems.errorAt(1, 1, "the document is larger than 256 KiB; split it into several policies");
      return null;
    }
    if (text.startsWith("%")) {
      problems.errorAt(1, 1, "directives are not read; remove the line that starts with %");
      return null;
    }
    try {
      PlainEvents events = events(text);
      Node root = new Composer(events, new Resolver(), options()).getSingleNode();
      return events.isPlain() ? root : null;
    } catch (PlainEvents.Enough e) {
      return null;
    } catch (MarkedYAMLException e) {
      problems.error(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark(), said(e));
    } catch (ReaderException e) {
      refuseCharacter(text, e.getPosition());
    } catch (YAMLException | StackOverflowError e) {
      problems.errorAt(1, 1, "this is not YAML that can be read; check quotes and indentation");
    }
    return null;
  }

  private PlainEvents events(String text) {
    return new PlainEvents(new ParserImpl(new StreamReader(text), options()), problems);
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MOST_LEVELS);
    options.setProcessComments(false);
    // Tags are told with all else that is not plain, and nothing is ever made from one.
    options.setTagInspector(tag -> true);
    return options;
  }

  private static String said(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
    String firstLine = problem.lines().findFirst().orElse(problem);
    return "not valid YAML: " + firstLine + "; check quotes, colons and indentation";
  }

  private void refuseCharacter(String text, int position) {
    int end = Math.min(Math.max(position, 0), text.length());
    String before = text.substring(0, end);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = end - (before.lastIndexOf('\n') + 1) + 1;
    problems.errorAt(line, column, "a character that YAML does not allow; remove it");
  }
}
