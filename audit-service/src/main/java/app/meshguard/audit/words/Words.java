package app.meshguard.audit.words;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into words: runs of letters, marks and digits of any script, compatibility forms folded
 * (NFKC), in lower case. A script that is written without spaces is cut into its characters. At
 * most {@link #MOST} different words are kept, the first ones; a word counts with its first {@link
 * #LONGEST} characters.
 */
public final class Words {
  public static final int MOST = 64;
  static final int LONGEST = 64;

  private final Set<String> words = new LinkedHashSet<>();

  /** The words of one text. */
  public static Set<String> of(String text) {
    Words words = new Words();
    words.add(text);
    return words.all();
  }

  /** Adds the words of a text, as long as there is room. */
  public void add(String text) {
    if (isFull()) {
      return;
    }
    String folded = folded(text);
    int start = -1;
    int i = 0;
    while (i < folded.length() && !isFull()) {
      int c = folded.codePointAt(i);
      int next = i + Character.charCount(c);
      if (standsAlone(c)) {
        end(folded, start, i);
        end(folded, i, next);
        start = -1;
      } else if (isPartOfWord(c)) {
        start = start < 0 ? i : start;
      } else {
        end(folded, start, i);
        start = -1;
      }
      i = next;
    }
    end(folded, start, i);
  }

  /** What was added, in its order. */
  public Set<String> all() {
    return words;
  }

  public boolean isFull() {
    return words.size() >= MOST;
  }

  private void end(String text, int start, int end) {
    if (start >= 0 && !isFull()) {
      int cut = Math.min(end, start + LONGEST);
      words.add(
          text.substring(start, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut));
    }
  }

  private static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isPartOfWord(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean standsAlone(int c) {
    if (c < 0x0E00) {
      return false;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA
        || script == Character.UnicodeScript.THAI;
  }
}
