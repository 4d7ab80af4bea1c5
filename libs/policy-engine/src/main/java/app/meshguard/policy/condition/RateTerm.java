package app.meshguard.policy.condition;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rate_limit(n, 'window' [, key])}. */
public record RateTerm(long limit, Duration window, @Nullable Operand key, String text)
    implements LimitTerm {
  @Override
  public Truth test(Facts facts) {
    return lacksKey(facts) ? Truth.MISSING : Truth.TRUE;
  }

  @Override
  public List<Operand> parts() {
    return key == null ? List.of() : List.of(key);
  }
}
