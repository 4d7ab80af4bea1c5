package app.meshguard.policy.condition;

/**
 * A piece of an expression.
 *
 * @param text for a word as it was written, for a text without its quotes, else the symbol
 */
record Token(Kind kind, String text, int offset) {
  enum Kind {
    WORD,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** How the token is named in a message. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case TEXT -> "text '" + text + "'";
      case WORD, NUMBER, SYMBOL -> "'" + text + "'";
    };
  }
}
