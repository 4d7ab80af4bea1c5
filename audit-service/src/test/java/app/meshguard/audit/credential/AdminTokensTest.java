package app.meshguard.audit.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.AdminIdentity;
import app.meshguard.wire.ApiKey;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdminTokensTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Map<String, AdminIdentity> live = new HashMap<>();
  private int asked;
  private boolean down;
  private final AdminTokens tokens =
      new AdminTokens(
          query -> {
            asked++;
            if (down) {
              throw new Refused(ProblemCode.UNAVAILABLE, "down");
            }
            return Optional.ofNullable(live.get(query.sha256()));
          },
          nanos::get);
  private final TenantId tenant = SampleRecords.tenant();
  private final ApiKey token = ApiKey.generate(ApiKey.Kind.ADMIN_TOKEN, tenant);

  @Test
  void remembersAYesForLessThanASecond() {
    AdminIdentity admin = new AdminIdentity(tenant, token.keyId(), List.of("audit:read"));
    live.put(token.sha256(), admin);
    tokens.resolve(token);
    live.clear();
    nanos.addAndGet(999_999_999);

    assertEquals(Optional.of(admin), tokens.resolve(token));
    nanos.addAndGet(1);
    assertEquals(Optional.empty(), tokens.resolve(token));
    assertEquals(2, asked);
  }

  @Test
  void remembersANoAsLong() {
    tokens.resolve(token);
    tokens.resolve(token);

    assertEquals(1, asked);
  }

  @Test
  void deniesWhileNobodyCanBeAskedAndRemembersNothingOfIt() {
    down = true;
    assertThrows(Refused.class, () -> tokens.resolve(token));
    down = false;

    assertEquals(Optional.empty(), tokens.resolve(token));
    assertEquals(2, asked);
  }

  @Test
  void refusesAnAnswerThatNamesAnotherTenant() {
    live.put(
        token.sha256(),
        new AdminIdentity(SampleRecords.tenant(), token.keyId(), List.of("audit:read")));

    assertEquals(Optional.empty(), tokens.resolve(token));
  }

  @Test
  void staysBoundedUnderAFloodOfTokens() {
    for (int i = 0; i < 10_050; i++) {
      tokens.resolve(ApiKey.generate(ApiKey.Kind.ADMIN_TOKEN, tenant));
    }

    assertTrue(tokens.size() <= 10_000);
  }
}
