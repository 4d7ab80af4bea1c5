package app.meshguard.policy.condition;

/**
 * A path in which {@code *} stops at a slash and {@code **} does not. A text with a {@code ..}
 * segment is no path that could be judged, so the answer is missing.
 */
record PathGlob(String glob) implements TextPattern {
  @Override
  public Truth test(String text) {
    return climbs(text) ? Truth.MISSING : Truth.of(matches(text));
  }

  @Override
  public String written() {
    return glob;
  }

  private static boolean climbs(String text) {
    int at = text.indexOf("..");
    while (at >= 0) {
      boolean starts = at == 0 || text.charAt(at - 1) == '/';
      boolean ends = at + 2 == text.length() || text.charAt(at + 2) == '/';
      if (starts && ends) {
        return true;
      }
      at = text.indexOf("..", at + 1);
    }
    return false;
  }

  /**
   * One place to go back to for each kind of star: a later star of the same kind makes an earlier
   * one's other choices needless, so that the time is the product of the lengths at most.
   */
  private boolean matches(String text) {
    int t = 0;
    int g = 0;
    int starText = -1;
    int starGlob = -1;
    int deepText = -1;
    int deepGlob = -1;
    while (t < text.length() || g < glob.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        if (g + 1 < glob.length() && glob.charAt(g + 1) == '*') {
          while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
          }
          deepText = t;
          deepGlob = g;
          starText = -1;
        } else {
          starText = t;
          starGlob = ++g;
        }
      } else if (t < text.length() && g < glob.length() && glob.charAt(g) == text.charAt(t)) {
        t++;
        g++;
      } else if (starText >= 0 && starText < text.length() && text.charAt(starText) != '/') {
        t = ++starText;
        g = starGlob;
      } else if (deepText >= 0 && deepText < text.length()) {
        t = ++deepText;
        g = deepGlob;
        starText = -1;
      } else {
        return false;
      }
    }
    return true;
  }
}
