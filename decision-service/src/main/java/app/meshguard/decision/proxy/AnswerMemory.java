package app.meshguard.decision.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what all answers that are being rewritten hold together. */
final class AnswerMemory {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  AnswerMemory(long most) {
    this.most = most;
  }

  /** An eighth of what this process may have. */
  static AnswerMemory ofThisProcess() {
    return new AnswerMemory(Runtime.getRuntime().maxMemory() / 8);
  }

  /** False when there is no room: nothing is taken then. */
  boolean take(int bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }
}
