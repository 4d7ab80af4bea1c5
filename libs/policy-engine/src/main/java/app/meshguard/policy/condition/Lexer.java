package app.meshguard.policy.condition;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Lexer {
  private static final List<String> SYMBOLS =
      List.of("==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/");
  private static final int MAX_DIGITS = 34;

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) throws ConditionProblem {
    Lexer lexer = new Lexer(source);
    while (lexer.skipBlanks()) {
      lexer.next();
    }
    lexer.tokens.add(new Token(Token.Kind.END, "", source.length()));
    return lexer.tokens;
  }

  private boolean skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at < source.length();
  }

  private void next() throws ConditionProblem {
    char c = source.charAt(at);
    if (isLetter(c)) {
      word();
    } else if (isDigit(c)) {
      number();
    } else if (c == '\'' || c == '"') {
      text(c);
    } else {
      symbol();
    }
  }

  private void word() {
    int start = at;
    while (at < source.length() && (isLetter(source.charAt(at)) || isDigit(source.charAt(at)))) {
      at++;
    }
    tokens.add(new Token(Token.Kind.WORD, source.substring(start, at), start));
  }

  private void number() throws ConditionProblem {
    int start = at;
    digits();
    if (peek(0) == '.' && isDigit(peek(1))) {
      at++;
      digits();
    }
    if ((peek(0) == 'e' || peek(0) == 'E')
        && (isDigit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && isDigit(peek(2))))) {
      at += 2;
      digits();
    }
    String text = source.substring(start, at);
    if (isLetter(peek(0))) {
      throw new ConditionProblem(
          start, "'" + text + peek(0) + "…' is no number; write a duration in quotes, like '15m'");
    }
    if (text.length() > MAX_DIGITS + 8) {
      throw new ConditionProblem(start, "a number has at most " + MAX_DIGITS + " digits");
    }
    tokens.add(new Token(Token.Kind.NUMBER, text, start));
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  /** A quote inside a text is written twice; a backslash is a backslash. */
  private void text(char quote) throws ConditionProblem {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (true) {
      if (at >= source.length()) {
        throw new ConditionProblem(start, "the text that starts here has no closing " + quote);
      }
      char c = source.charAt(at++);
      if (c != quote) {
        text.append(c);
      } else if (peek(0) == quote) {
        text.append(quote);
        at++;
      } else {
        tokens.add(new Token(Token.Kind.TEXT, text.toString(), start));
        return;
      }
    }
  }

  private void symbol() throws ConditionProblem {
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        tokens.add(new Token(Token.Kind.SYMBOL, symbol, at));
        at += symbol.length();
        return;
      }
    }
    throw new ConditionProblem(at, unknown());
  }

  private String unknown() {
    if (source.startsWith("&&", at)) {
      return "write AND instead of &&";
    }
    if (source.startsWith("||", at)) {
      return "write OR instead of ||";
    }
    return switch (source.charAt(at)) {
      case '=' -> "write == to compare";
      case '!' -> "write NOT instead of !";
      default -> "'" + source.charAt(at) + "' has no meaning here; remove it";
    };
  }

  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
