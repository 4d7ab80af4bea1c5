package app.meshguard.policy.document;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * The events of a document on their way to the tree. Everything that YAML can do beyond plain maps,
 * lists and scalars is told here, and stands in the tree as nothing. A map of very many keys is cut
 * off: nobody means it, and it would take its time.
 */
final class PlainEvents implements Parser {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_KEYS = 1_000;

  private final Parser source;
  private final Problems problems;

  /** What is open, and how many nodes stand in it. */
  private final ArrayDeque<Open> open = new ArrayDeque<>();

  private @Nullable Event next;
  private boolean isPlain = true;
  private boolean isCut;

  /** Where it was cut off. */
  private @Nullable Mark end;

  private boolean documentEnded;

  private static final class Open {
    private final boolean isMap;
    private int nodes;

    Open(boolean isMap) {
      this.isMap = isMap;
    }
  }

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

  /** Whether all that was read is what a tree can be made of. */
  boolean isPlain() {
    return isPlain;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return peekEvent().is(choice);
  }

  @Override
  public Event peekEvent() {
    Event event = next;
    if (event == null) {
      event = isCut ? closing() : checked(source.getEvent());
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

  private Event checked(Event event) {
    if (event instanceof CollectionEndEvent) {
      open.pop();
      return event;
    }
    if (!(event instanceof NodeEvent node)) {
      return event;
    }
    Open around = open.peek();
    if (around != null && around.isMap && around.nodes == 2 * MAX_KEYS) {
      problems.error(event.getStartMark(), "a map has at most 1,000 keys; the rest is not read");
      isCut = true;
      return closing(event.getStartMark());
    }
    if (around != null) {
      around.nodes++;
    }
    if (event instanceof CollectionStartEvent) {
      open.push(new Open(event instanceof MappingStartEvent));
    }
    checkPlain(node);
    return event instanceof AliasEvent ? nothing(event) : event;
  }

  private void checkPlain(NodeEvent event) {
    if (open.size() > MAX_DEPTH) {
      refuse(event, "nested deeper than 32 levels; flatten it");
      throw new Enough();
    }
    if (event instanceof AliasEvent) {
      refuse(event, "aliases (*name) are not read; write the value out");
    } else if (event.getAnchor() != null) {
      refuse(event, "anchors (&name) are not read; remove it");
    }
    String tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      refuse(event, "tags (!name) are not read; remove it");
    }
  }

  private void refuse(Event event, String message) {
    problems.error(event.getStartMark(), message);
    isPlain = false;
    if (problems.isFull()) {
      throw new Enough();
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

  private Event closing(Mark at) {
    end = at;
    return closing();
  }

  /** Ends all that is open, then the document. */
  private Event closing() {
    Open innermost = open.poll();
    if (innermost != null) {
      return innermost.isMap ? new MappingEndEvent(end, end) : new SequenceEndEvent(end, end);
    }
    if (!documentEnded) {
      documentEnded = true;
      return new DocumentEndEvent(end, end, false);
    }
    return new StreamEndEvent(end, end);
  }
}
