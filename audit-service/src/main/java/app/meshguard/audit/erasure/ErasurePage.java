package app.meshguard.audit.erasure;

import app.meshguard.audit.hold.EntryFacts;
import app.meshguard.audit.hold.Hold;
import app.meshguard.audit.log.LogEntry;
import app.meshguard.audit.subject.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an erasure does to some entries.
 *
 * @param erase those to destroy
 * @param naming actions, of what is destroyed, that name the person themselves
 */
record ErasurePage(
    List<LogEntry> erase,
    Set<String> naming,
    long held,
    Set<String> heldBy,
    long unerasable,
    long unreadable) {
  ErasurePage {
    erase = List.copyOf(erase);
    naming = Set.copyOf(naming);
    heldBy = Set.copyOf(heldBy);
  }

  /**
   * Decides of each entry what becomes of it.
   *
   * @param keys the tenant's keys for pseudonyms
   */
  static ErasurePage of(
      List<LogEntry> entries, Subject subject, List<Hold> holds, List<byte[]> keys) {
    List<LogEntry> erase = new ArrayList<>();
    Set<String> naming = new TreeSet<>();
    Set<String> heldBy = new TreeSet<>();
    long held = 0;
    long unerasable = 0;
    long unreadable = 0;
    for (LogEntry entry : entries) {
      byte[] record = entry.record();
      if (record == null) {
        unreadable += entry.damaged() ? 1 : 0;
        continue;
      }
      EntryFacts facts = EntryFacts.of(entry);
      Optional<String> value = subject.in(facts.record(), keys);
      if (value.isEmpty()) {
        continue;
      }
      List<String> holding =
          holds.stream().filter(hold -> hold.covers(facts, keys)).map(Hold::id).toList();
      if (!holding.isEmpty()) {
        held++;
        heldBy.addAll(holding);
      } else if (Arrays.equals(record, entry.leaf())) {
        unerasable++;
      } else {
        erase.add(entry);
        String action = facts.record().path("action").asText("");
        if (names(action, value.get())) {
          naming.add(action);
        }
      }
    }
    return new ErasurePage(erase, naming, held, heldBy, unerasable, unreadable);
  }

  /** Whether the value stands in the text as a word of its own, whatever its case. */
  static boolean names(String text, String value) {
    String in = text.toLowerCase(Locale.ROOT);
    String word = value.toLowerCase(Locale.ROOT);
    for (int at = in.indexOf(word); at >= 0; at = in.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean starts = at == 0 || !Character.isLetterOrDigit(in.charAt(at - 1));
      boolean ends = end == in.length() || !Character.isLetterOrDigit(in.charAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  Long[] indexes() {
    return erase.stream().map(LogEntry::index).toArray(Long[]::new);
  }
}
