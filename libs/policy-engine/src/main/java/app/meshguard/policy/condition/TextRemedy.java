package app.meshguard.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts that start, end or match as wanted, and addresses in a network. */
final class TextRemedy {
  /** Texts that hardly any pattern means; the addresses are kept for examples. */
  private static final List<String> OTHERS = List.of("other", "x", "0", "192.0.2.1", "2001:db8::1");

  private final Facts facts;

  TextRemedy(Facts facts) {
    this.facts = facts;
  }

  List<Proposal> of(TextTest test, boolean wanted) {
    if (!(test.subject() instanceof Attribute subject)
        || !(test.part().value(facts) instanceof String part)) {
      return List.of();
    }
    String where = (test.atStart() ? "start with " : "end with ") + NearestValue.shown(part);
    if (!wanted) {
      return other(subject, "a text that does not " + where, text -> !holds(test, text, part));
    }
    String need = "a text to " + where;
    List<Proposal> proposals = new ArrayList<>();
    if (subject.value(facts) instanceof String text) {
      proposals.add(Proposal.set(subject, test.atStart() ? part + text : text + part, need));
    }
    proposals.add(Proposal.set(subject, part, need));
    return proposals;
  }

  private static boolean holds(TextTest test, String text, String part) {
    return test.atStart() ? text.startsWith(part) : text.endsWith(part);
  }

  List<Proposal> of(PatternTest test, boolean wanted) {
    if (!(test.subject() instanceof Attribute subject)) {
      return List.of();
    }
    TextPattern pattern = test.pattern();
    if (!wanted) {
      return other(
          subject,
          "a text that does not match " + NearestValue.shown(pattern.written()),
          text -> pattern.test(text) == Truth.FALSE);
    }
    return SampleText.of(pattern).stream()
        .map(
            text ->
                Proposal.set(
                    subject, text, "a text that matches " + NearestValue.shown(pattern.written())))
        .toList();
  }

  List<Proposal> of(InRange test, boolean wanted) {
    if (!(test.address() instanceof Attribute subject)) {
      return List.of();
    }
    AddressRange range = test.range();
    return wanted
        ? List.of(Proposal.set(subject, range.first(), "an address in " + range))
        : other(
            subject,
            "an address outside " + range,
            text -> {
              byte @Nullable [] address = AddressRange.addressOf(text);
              return address != null && !range.contains(address);
            });
  }

  private static List<Proposal> other(Attribute subject, String need, Predicate<String> isOther) {
    return Stream.concat(OTHERS.stream(), Stream.of(""))
        .filter(isOther)
        .limit(1)
        .map(text -> Proposal.standIn(subject, text, need))
        .toList();
  }
}
