package app.meshguard.audit.projection;

/** What the tenants' keys for words are asked for by. */
public final class WordsKey {
  public static final String PURPOSE = "words";

  private WordsKey() {}
}
