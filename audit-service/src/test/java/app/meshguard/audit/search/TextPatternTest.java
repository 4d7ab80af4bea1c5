package app.meshguard.audit.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, abcd, false",
    "*, '', true",
    "a*, a, true",
    "a*a, a, false",
    "*b*, abc, true",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c-b, false",
    "*ab*ab*, abab, true",
    "*ab*ab*, aba, false",
  })
  void matchesAsTheDatabaseDoes(String pattern, String text, boolean matches) {
    assertEquals(matches, new TextPattern(pattern).matches(text));
  }
}
