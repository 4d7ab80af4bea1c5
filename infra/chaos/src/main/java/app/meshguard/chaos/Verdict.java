package app.meshguard.chaos;

import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.client.Tenant;
import app.meshguard.chaos.load.Administrators;
import app.meshguard.chaos.load.Auditors;
import app.meshguard.chaos.load.Customers;
import app.meshguard.chaos.proof.Chains;
import app.meshguard.chaos.proof.Checkpoints;
import app.meshguard.chaos.proof.Comparison;
import app.meshguard.chaos.proof.Findings;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.chaos.stack.ChaosStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is looked at when the last fault is mended and the last caller has gone. */
final class Verdict {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A bug may leave things that never come right: nobody waits long for them. */
  private static final Duration PATIENCE_WITH_A_BUG = Duration.ofSeconds(15);

  private final ChaosStack chaos;
  private final Ledger ledger;
  private final Customers customers;
  private final Administrators administrators;
  private final Auditors auditors;
  private final Checkpoints checkpoints;
  private final List<String> wrong;

  /**
   * A verdict yet to be reached.
   *
   * @param stuck what did not come back during the run
   */
  Verdict(
      ChaosStack chaos,
      Ledger ledger,
      Customers customers,
      Administrators administrators,
      Auditors auditors,
      Checkpoints checkpoints,
      List<String> stuck) {
    this.chaos = chaos;
    this.ledger = ledger;
    this.customers = customers;
    this.administrators = administrators;
    this.auditors = auditors;
    this.checkpoints = checkpoints;
    this.wrong = new ArrayList<>(stuck);
  }

  ChaosResult reach(ChaosOptions options, List<String> injected, long begin, Path history) {
    Duration patience = options.planted() == null ? PATIENCE : PATIENCE_WITH_A_BUG;
    if (!chaos.isShippedWithin(patience)) {
      wrong.add("not everything is shipped to the audit log after " + patience.toSeconds() + " s");
    }
    Chains chains = new Chains(chaos.stack().databases());
    long entries = 0;
    Comparison comparison = ledger.compare();
    for (Tenant tenant : customers.tenants()) {
      Chains.Chain chain = chains.of(tenant.id());
      entries += chain.entries();
      if (!chain.isGapFree()) {
        wrong.add("the indexes of " + tenant.id() + " have gaps: " + chain);
      }
      if (!Await.within(patience, () -> readAll(tenant, comparison) >= chain.entries())) {
        wrong.add(
            "%d entries of %s are found, and %d in its log"
                .formatted(comparison.seen(tenant.id()), tenant.id(), chain.entries()));
      }
      if (!Await.within(patience, () -> signed(tenant) >= chain.entries())) {
        wrong.add(
            "a checkpoint covers %d entries of %s, of %d"
                .formatted(checkpoints.greatest(tenant.id()), tenant.id(), chain.entries()));
      }
    }
    wrong.addAll(checkpoints.against(chains));
    for (String agent : administrators.forgotten()) {
      wrong.add("agent " + agent + " is not as its administrator was told");
    }
    Findings findings = comparison.findings();
    return new ChaosResult(
        options,
        List.copyOf(injected),
        Duration.ofNanos(System.nanoTime() - begin),
        new ChaosResult.Traffic(
            customers.calls(), customers.refused(), customers.broken(), administrators.done()),
        findings,
        entries,
        checkpoints.seen(),
        List.copyOf(wrong),
        history);
  }

  /** Search follows the log: what it did not show at first it may show now. */
  private static int readAll(Tenant tenant, Comparison comparison) {
    tenant.eachEntry(entry -> comparison.see(tenant.id(), entry));
    return comparison.seen(tenant.id());
  }

  private long signed(Tenant tenant) {
    auditors.look(tenant);
    return checkpoints.greatest(tenant.id());
  }
}
