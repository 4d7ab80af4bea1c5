package app.meshguard.policy.condition;

import java.util.List;

/** The tokens of an expression, taken one after another, and how deep in it they stand. */
final class Tokens {
  private static final int MAX_DEPTH = 32;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The end is never taken away. */
  Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean takeWord(String keyword) {
    boolean found = peek().isWord(keyword);
    if (found) {
      take();
    }
    return found;
  }

  boolean takeSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String symbol) throws ConditionProblem {
    Token token = peek();
    if (!takeSymbol(symbol)) {
      throw new ConditionProblem(
          token.offset(), "expected '" + symbol + "' but found " + token.shown());
    }
  }

  /** Whether the token before the next one is a word. */
  boolean followWord() {
    return at > 0 && tokens.get(at - 1).kind() == Token.Kind.WORD;
  }

  void enter(Token token) throws ConditionProblem {
    if (++depth > MAX_DEPTH) {
      throw new ConditionProblem(
          token.offset(), "the expression is nested deeper than 32 levels; split it");
    }
  }

  void leave() {
    depth--;
  }
}
