package app.meshguard.decision.decide;

import app.meshguard.policy.AgentPolicies;
import app.meshguard.policy.Call;
import app.meshguard.policy.Verdict;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Explains and traces on threads of their own: with thousands of rules that takes a good part of a
 * second, in which an event loop would answer thousands of other calls. Where too many wait to be
 * explained, whoever asks waits himself; a trace for the record is left out then, and the record
 * says so.
 */
@Singleton
class Explanations {
  private static final int MOST_EXPLAINED = 64;
  private static final int MOST_TRACED = 1024;

  private final ThreadPoolExecutor explaining =
      thread("explanations", MOST_EXPLAINED, new ThreadPoolExecutor.CallerRunsPolicy());
  private final ThreadPoolExecutor tracing =
      thread("traces", MOST_TRACED, new ThreadPoolExecutor.AbortPolicy());

  /**
   * How a decision came about.
   *
   * @param explanation for the caller, where it asked for it
   * @param trace for the record, where the audit level asks for it
   */
  record Explained(@Nullable Map<String, Object> explanation, byte @Nullable [] trace) {}

  private static ThreadPoolExecutor thread(
      String name, int mostWaiting, RejectedExecutionHandler beyond) {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(mostWaiting),
        Thread.ofPlatform().daemon().name(name).factory(),
        beyond);
  }

  CompletableFuture<Explained> of(
      AgentPolicies policies, Call call, Verdict verdict, boolean explain) {
    if (explain) {
      return CompletableFuture.supplyAsync(
          () ->
              new Explained(
                  policies.explain(call).toMap(), RecordedTrace.of(verdict, policies, call)),
          explaining);
    }
    try {
      return CompletableFuture.supplyAsync(
          () -> new Explained(null, RecordedTrace.of(verdict, policies, call)), tracing);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(new Explained(null, RecordedTrace.leftOut()));
    }
  }

  @PreDestroy
  void stop() {
    explaining.shutdown();
    tracing.shutdown();
  }
}
