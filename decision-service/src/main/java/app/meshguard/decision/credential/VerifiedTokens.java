package app.meshguard.decision.credential;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was verified, by their SHA-256. Bounded by two generations: when the young
 * one is full it becomes the old one, and what was not asked for since is dropped.
 */
final class VerifiedTokens {
  private final int generation;
  private volatile ConcurrentMap<String, VerifiedToken> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<String, VerifiedToken> old = new ConcurrentHashMap<>();

  VerifiedTokens(int generation) {
    this.generation = generation;
  }

  @Nullable VerifiedToken find(String hash) {
    VerifiedToken token = young.get(hash);
    if (token == null) {
      token = old.get(hash);
      if (token != null) {
        put(hash, token);
      }
    }
    return token;
  }

  void put(String hash, VerifiedToken token) {
    if (young.size() >= generation) {
      turn();
    }
    young.put(hash, token);
  }

  void remove(String hash) {
    young.remove(hash);
    old.remove(hash);
  }

  synchronized void clear() {
    young = new ConcurrentHashMap<>();
    old = new ConcurrentHashMap<>();
  }

  int size() {
    return young.size() + old.size();
  }

  private synchronized void turn() {
    if (young.size() >= generation) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
