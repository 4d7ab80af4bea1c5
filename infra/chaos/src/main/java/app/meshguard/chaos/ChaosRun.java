package app.meshguard.chaos;

import app.meshguard.chaos.client.Await;
import app.meshguard.chaos.fault.Deck;
import app.meshguard.chaos.fault.Fault;
import app.meshguard.chaos.fault.Faults;
import app.meshguard.chaos.load.Administrators;
import app.meshguard.chaos.load.Auditors;
import app.meshguard.chaos.load.Customers;
import app.meshguard.chaos.load.Load;
import app.meshguard.chaos.proof.Checkpoints;
import app.meshguard.chaos.proof.History;
import app.meshguard.chaos.proof.Ledger;
import app.meshguard.chaos.stack.ChaosStack;
import app.meshguard.local.Part;
import app.meshguard.processes.PrivateFiles;
import app.meshguard.processes.ProcessFailed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One run: load, faults, and the comparison of all answers with the log. */
public final class ChaosRun {
  private static final int TENANTS = 4;
  private static final int CALLERS = 8;
  private static final int ANSWERS_AFTER_A_FAULT = 40;
  private static final Duration BACK = Duration.ofSeconds(60);
  private static final int AT_MOST_BEFORE_MILLIS = 400;
  private static final int AT_LEAST_BROKEN_MILLIS = 300;
  private static final int AT_MOST_BROKEN_MILLIS = 2_000;
  private static final double TWO_AT_ONCE = 0.25;

  private final ChaosStack chaos;
  private final ChaosOptions options;
  private final PrintStream out;
  private final Random random;
  private final List<String> injected = new ArrayList<>();
  private final List<String> stuck = new ArrayList<>();
  private @Nullable Fault held;

  public ChaosRun(ChaosStack chaos, ChaosOptions options, PrintStream out) {
    this.chaos = chaos;
    this.options = options;
    this.out = out;
    this.random = new Random(options.seed());
  }

  /** Runs, and leaves the stack as it found it. */
  public ChaosResult run() {
    long begin = System.nanoTime();
    Path journal = chaos.home().resolve("chaos").resolve("journal-" + options.seed());
    PrivateFiles.deleteTree(journal);
    chaos.tell(settings(journal));
    Ledger ledger = new Ledger();
    Path file = chaos.home().resolve("chaos").resolve("history-" + options.seed() + ".jsonl");
    try (History history = new History(file);
        Customers customers = new Customers(TENANTS, chaos.base(), ledger, history)) {
      Administrators administrators = new Administrators(customers.tenants(), history);
      Checkpoints checkpoints = new Checkpoints();
      Auditors auditors = new Auditors(customers.tenants(), checkpoints);
      try (Load calls = new Load(CALLERS, customers::call);
          Load writes = new Load(1, administrators::write);
          Load looks = new Load(1, auditors::look)) {
        injectAll(ledger, history, begin);
      }
      Verdict verdict =
          new Verdict(chaos, ledger, customers, administrators, auditors, checkpoints, stuck);
      ChaosResult result = verdict.reach(options, injected, begin, history.file());
      result.print(out);
      return result;
    } finally {
      chaos.tell(Map.of());
    }
  }

  /** Small segments that are given back at once: nothing is left to be sent a second time from. */
  private Map<Part, Map<String, String>> settings(Path journal) {
    Map<Part, Map<String, String>> settings = new EnumMap<>(Part.class);
    settings.put(
        Part.DECISION,
        Map.of(
            "meshguard.journal.directory", journal.toString(),
            "meshguard.journal.segment-bytes", "16384",
            "meshguard.journal.max-bytes", "268435456",
            "meshguard.journal.keep", "0s"));
    Planted bug = options.planted();
    if (bug != null) {
      bug.plantIn(settings);
    }
    return settings;
  }

  private void injectAll(Ledger ledger, History history, long begin) {
    Deck deck = new Deck(hand(), random);
    awaitBack(ledger, "the start");
    while (injected.size() < options.faults()
        && stuck.isEmpty()
        && System.nanoTime() - begin < options.limit().toNanos()) {
      inject(deck.next(), ledger, history, begin);
    }
    Fault last = held;
    if (last != null) {
      mend(List.of(last), history);
      awaitBack(ledger, last.name());
    }
  }

  private void inject(Fault fault, Ledger ledger, History history, long begin) {
    Fault other = held;
    if (other != null && other.place().equals(fault.place())) {
      mend(List.of(other), history);
      other = null;
      held = null;
    }
    pause(0, AT_MOST_BEFORE_MILLIS);
    history.fault(fault.name(), "strike");
    long struck = System.nanoTime();
    fault.strike().run();
    injected.add(fault.name());
    if (other == null && random.nextDouble() < TWO_AT_ONCE && injected.size() < options.faults()) {
      held = fault;
      say(begin, fault.name() + ", and while it lasts");
      return;
    }
    pause(AT_LEAST_BROKEN_MILLIS, AT_MOST_BROKEN_MILLIS);
    mend(other == null ? List.of(fault) : List.of(other, fault), history);
    held = null;
    awaitBack(ledger, fault.name());
    say(begin, "%s: back after %.1f s".formatted(fault.name(), seconds(struck)));
  }

  private void mend(List<Fault> faults, History history) {
    for (Fault fault : faults.stream().sorted(Comparator.comparingInt(Fault::rank)).toList()) {
      history.fault(fault.name(), "mend");
      try {
        fault.mend().run();
      } catch (ProcessFailed e) {
        stuck.add("after '" + fault.name() + "': " + e.getMessage());
      }
    }
  }

  /** Waits until callers get answers again: a stack that does not come back is a finding. */
  private void awaitBack(Ledger ledger, String after) {
    int before = ledger.size();
    if (stuck.isEmpty()
        && !Await.within(BACK, () -> ledger.size() >= before + ANSWERS_AFTER_A_FAULT)) {
      stuck.add("no decisions for %d s after %s".formatted(BACK.toSeconds(), after));
    }
  }

  private List<List<Fault>> hand() {
    List<String> only = options.only();
    return Faults.of(chaos).stream()
        .map(
            choice ->
                choice.stream()
                    .filter(fault -> only.isEmpty() || only.contains(fault.name()))
                    .toList())
        .filter(choice -> !choice.isEmpty())
        .toList();
  }

  private void pause(int atLeastMillis, int atMostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(atLeastMillis, atMostMillis)).toNanos());
  }

  private void say(long begin, String what) {
    Duration at = Duration.ofNanos(System.nanoTime() - begin);
    out.printf(
        "  %3d:%02d  %3d/%d  %s%n",
        at.toMinutes(), at.toSecondsPart(), injected.size(), options.faults(), what);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
