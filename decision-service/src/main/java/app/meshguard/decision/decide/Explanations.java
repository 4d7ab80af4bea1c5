package app.meshguard.decision.decide;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Explains on a thread of its own: with thousands of rules that takes a good part of a second, in
 * which an event loop would answer thousands of other calls. Where too many wait, whoever asks
 * waits himself.
 */
@Singleton
class Explanations {
  private static final int MOST_WAITING = 64;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("explanations").factory(),
          new CallerRunsPolicy());

  CompletableFuture<Map<String, Object>> of(AgentPolicies policies, Call call) {
    return CompletableFuture.supplyAsync(() -> policies.explain(call).toMap(), thread);
  }

  @PreDestroy
  void stop() {
    thread.shutdown();
  }
}
