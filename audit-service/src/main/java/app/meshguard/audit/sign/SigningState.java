package app.meshguard.audit.sign;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How signing goes: for metrics, and for who asks whether the service is well. */
@ApplicationScoped
@Startup // Counters stand at 0 before the first round: an alert can tell none from unknown.
class SigningState {
  private static final Logger LOG = Logger.getLogger(SigningState.class);

  private final Counter checkpoints;
  private final Counter failures;
  private final Timer rounds;
  private volatile long halted;
  private volatile @Nullable String failure;

  @Inject
  SigningState(MeterRegistry registry) {
    checkpoints = registry.counter("meshguard.log.checkpoints");
    failures = registry.counter("meshguard.log.sign.failures");
    rounds = registry.timer("meshguard.log.sign");
    registry.gauge("meshguard.log.halted", this, state -> state.halted);
  }

  Signer.Round timed(Supplier<Signer.Round> round) {
    return java.util.Objects.requireNonNull(rounds.record(round));
  }

  void done(Signer.Round round) {
    failure = null;
    checkpoints.increment(round.signed().size());
    round
        .halted()
        .forEach(
            (origin, why) ->
                LOG.errorf(
                    "log %s is halted, nothing more is signed for it: %s. The way on is in"
                        + " docs/operations.md, the transparency log",
                    origin, why));
  }

  void failed(RuntimeException e) {
    failures.increment();
    String why = String.valueOf(e.getMessage());
    if (!why.equals(failure)) {
      LOG.errorf(e, "nothing can be signed: %s", why);
    }
    failure = why;
  }

  /** How many logs of this database are halted. */
  void halted(long count) {
    halted = count;
  }

  long halted() {
    return halted;
  }

  /** Why the last round failed; null when it did not. */
  @Nullable String failure() {
    return failure;
  }
}
