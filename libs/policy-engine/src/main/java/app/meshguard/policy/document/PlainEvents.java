package app.meshguard.policy.document;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * The events of a document on their way to the tree. Everything that YAML can do beyond plain maps,
 * lists and scalars is told here, and stands in the tree as nothing.
 */
final class PlainEvents implements Parser {
  private static final int MAX_DEPTH = 32;

  private final Parser source;
  private final Problems problems;
  private @Nullable Event next;
  private int depth;

  /** There is nothing more to be told, so the rest is not read. */
  static final class Enough extends YAMLException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("enough is known of the document");
    }
  }

  PlainEvents(Parser source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return peekEvent().is(choice);
  }

  @Override
  public Event peekEvent() {
    Event event = next;
    if (event == null) {
      event = plain(source.getEvent());
      next = event;
    }
    return event;
  }

  @Override
  public Event getEvent() {
    Event event = peekEvent();
    next = null;
    return event;
  }

  private Event plain(Event event) {
    int before = problems.errorCount();
    checkDepth(event);
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
    if (problems.isFull() && problems.errorCount() > before) {
      throw new Enough();
    }
    return event instanceof AliasEvent ? nothing(event) : event;
  }

  private void checkDepth(Event event) {
    if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
      problems.error(event.getStartMark(), "nested deeper than 32 levels; flatten it");
      throw new Enough();
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
  }

  private static Event nothing(Event place) {
    return new ScalarEvent(
        null,
        null,
        new ImplicitTuple(true, false),
        "",
        place.getStartMark(),
        place.getEndMark(),
        ScalarStyle.PLAIN);
  }
}
