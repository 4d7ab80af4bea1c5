package app.meshguard.tenant.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.policy.PolicyRevision;
import app.meshguard.policy.PolicySet;
import app.meshguard.policy.TenantRules;
import app.meshguard.policy.document.PolicyDocuments;
import app.meshguard.tenant.engine.EngineTenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final EngineTenant TENANT =
      new EngineTenant(List.of(), TenantRules.DEFAULT, Map.of(), Map.of());
  private static final ImpactRequest REQUEST =
      new ImpactRequest(null, List.of(), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), 100);

  private final Replay replay = new Replay(TENANT, upTo(50), upTo(100));

  private static PolicySet upTo(int amount) {
    return PolicySet.compile(
        PolicyDocuments.parse(
                """
                name: refunds
                appliesTo: { tags: [support] }
                rules:
                  - name: small
                    action: write:refund
                    effect: allow
                    conditions: ["request.amount <= %d", "rate_limit(1, '1m')"]
                """
                    .formatted(amount))
            .documents()
            .stream()
            .map(document -> new PolicyRevision(document.name(), 1, document))
            .toList(),
        TenantRules.DEFAULT);
  }

  private ImpactView.Result result() {
    return replay.result(REQUEST, true);
  }

  @Test
  void countsWhatFlipsByAgentActionAndRule() {
    replay.add(Recorded.refund(20));
    replay.add(Recorded.refund(70));
    replay.add(Recorded.refund(80));
    replay.add(Recorded.refund(200));

    ImpactView.Result result = result();

    assertEquals(4, result.replayed());
    assertEquals(2, result.flipped());
    assertEquals(List.of(new ImpactView.Flip("deny", "allow", 2)), result.flips());
    assertEquals(
        List.of(new ImpactView.OfAgent("agent_0123456789abcdef", "support-bot", 2)),
        result.agents());
    assertEquals(List.of(new ImpactView.OfAction("write:refund", 2)), result.actions());
    assertEquals(List.of(new ImpactView.OfRule("refunds", "small", "rule", 2)), result.rules());
    assertEquals("2026-11-20T10:15:30.123456Z", result.through());
  }

  @Test
  void showsSamplesWithBothOutcomesAndNotTooMany() {
    for (int i = 0; i < 50; i++) {
      replay.add(Recorded.refund(70));
    }

    List<ImpactView.Sample> samples = result().samples();

    assertEquals(5, samples.size());
    ImpactView.Sample first = samples.getFirst();
    assertEquals("dec_01JD0000000000000000000000", first.decisionId());
    assertEquals("deny", first.before().decision());
    assertEquals("default", first.before().code());
    assertEquals("allow", first.after().decision());
    assertEquals("small", first.after().rule());
  }

  @Test
  void saysWhatItCouldNotReplayAndWhy() {
    replay.add(Recorded.with(r -> r.putObject("context").put("card", "[redacted]")));
    replay.add(Recorded.with(r -> r.put("format", 2)));
    replay.add(Recorded.with(r -> r.put("kind", "refusal")));
    replay.add("{\"format\":1,\"kind\":\"decision\"");
    replay.add("7");
    replay.add(Recorded.with(r -> r.remove("agent")));

    ImpactView.Result result = result();

    assertEquals(6, result.read());
    assertEquals(0, result.replayed());
    assertNull(result.through());
    assertEquals(
        Map.of("unreadable", 3L, "redacted", 1L, "format", 1L, "refused", 1L),
        result.notReplayed().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    ImpactView.NotReplayed::reason, ImpactView.NotReplayed::count)));
  }

  @Test
  void tellsWhatIsNoLongerAsItWasRecordedAndWhatALimitCouldDeny() {
    replay.add(Recorded.refund(20));
    replay.add(Recorded.refund(200));

    ImpactView.Result result = result();

    // Both were recorded as denials; the first would be allowed as long as its limit lasts.
    assertEquals(1, result.otherThanRecorded());
    assertEquals(1, result.withLimits());
    assertTrue(result.notes().getFirst().contains("Limits"));
  }

  @Test
  void takesTheAgentAsItWasRecorded() {
    replay.add(
        Recorded.with(
            r -> {
              ((com.fasterxml.jackson.databind.node.ObjectNode) r.get("agent")).putArray("tags");
            }));
    replay.add(Recorded.with(r -> r.put("code", "agent_suspended")));

    assertEquals(0, result().flipped());
    assertEquals(2, result().replayed());
  }
}
