package app.meshguard.policy.document;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads one document to nodes, never to objects. Everything that YAML can do beyond plain maps,
 * lists and scalars is refused from the events, before a tree is built.
 */
public final class YamlTree {
  static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_DEPTH = 32;

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
    int before = problems.errorCount();
    try {
      Yaml yaml = yaml();
      checkEvents(yaml.parse(new StringReader(text)));
      return problems.errorCount() > before ? null : yaml.compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      problems.error(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark(), said(e));
    } catch (ReaderException e) {
      refuseCharacter(text, e.getPosition());
    } catch (YAMLException | StackOverflowError e) {
      problems.errorAt(1, 1, "this is not YAML that can be read; check quotes and indentation");
    }
    return null;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH + 1);
    options.setMaxAliasesForCollections(0);
    options.setAllowDuplicateKeys(false);
    options.setProcessComments(false);
    return new Yaml(
        new SafeConstructor(options),
        new Representer(new DumperOptions()),
        new DumperOptions(),
        options);
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

  private void checkEvents(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      checkPlain(event);
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        problems.error(event.getStartMark(), "nested deeper than 32 levels; flatten it");
        return;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private void checkPlain(Event event) {
    if (event instanceof AliasEvent) {
      problems.error(event.getStartMark(), "aliases (*name) are not read; write the value out");
    } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
      problems.error(event.getStartMark(), "anchors (&name) are not read; remove it");
    }
    String tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      problems.error(event.getStartMark(), "tags (!name) are not read; remove it");
    }
  }
}
