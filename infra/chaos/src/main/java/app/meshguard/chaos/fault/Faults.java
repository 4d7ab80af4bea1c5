package app.meshguard.chaos.fault;

import app.meshguard.chaos.line.Line;
import app.meshguard.chaos.stack.ChaosStack;
import app.meshguard.local.Part;
import app.meshguard.local.Stack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that can go wrong in a stack. */
public final class Faults {
  private static final int LINES = 0;
  private static final int PAUSES = 1;
  private static final int DATABASE = 2;
  private static final int SERVICES = 3;

  private final ChaosStack chaos;
  private final List<List<Fault>> hand = new ArrayList<>();

  private Faults(ChaosStack chaos) {
    this.chaos = chaos;
  }

  /** One hand of faults for a {@link Deck}, half of them kills. */
  public static List<List<Fault>> of(ChaosStack chaos) {
    Faults faults = new Faults(chaos);
    faults.deal();
    return faults.hand;
  }

  private void deal() {
    add(4, kill(Part.DECISION));
    add(4, kill(Part.AUDIT));
    add(3, kill(Part.POSTGRES));
    add(1, kill(Part.TENANT));
    add(1, pause(Part.DECISION));
    add(1, pause(Part.AUDIT));
    add(1, pause(Part.POSTGRES));
    add(1, pause(Part.TENANT));
    // What is sent again after its answer was lost is what makes an entry double.
    add(1, loseOneAnswer(Part.DECISION, Part.AUDIT));
    addLine(Part.DECISION, Part.AUDIT);
    addLine(Part.DECISION, Part.POSTGRES);
    addLine(Part.AUDIT, Part.POSTGRES);
    addLine(Part.TENANT, Part.POSTGRES);
    addLine(Part.DECISION, Part.TENANT);
    addLine(Part.AUDIT, Part.TENANT);
    addLine(Part.TENANT, Part.AUDIT);
  }

  private void add(int times, Fault fault) {
    hand.addAll(Collections.nCopies(times, List.of(fault)));
  }

  private void addLine(Part from, Part called) {
    Line line = chaos.line(from, called);
    hand.add(
        List.of(
            line("cut", from, called, line::cut),
            line("reset", from, called, line::reset),
            line("stall", from, called, line::stall),
            loseOneAnswer(from, called),
            loseAnswers(from, called)));
  }

  private Fault loseAnswers(Part from, Part called) {
    return line("lose answers", from, called, chaos.line(from, called)::loseAnswers);
  }

  private Fault loseOneAnswer(Part from, Part called) {
    return line("lose one answer", from, called, chaos.line(from, called)::loseOneAnswer);
  }

  private Fault line(String how, Part from, Part called, Runnable strike) {
    String place = from.label() + " to " + called.label();
    Line line = chaos.line(from, called);
    return new Fault(how + " " + place, place, LINES, strike, line::mend);
  }

  private Fault kill(Part part) {
    Stack stack = chaos.stack();
    return new Fault(
        "kill -9 " + part.label(),
        part.label(),
        part == Part.POSTGRES ? DATABASE : SERVICES,
        () -> stack.kill(part),
        () -> stack.start(part));
  }

  private Fault pause(Part part) {
    Stack stack = chaos.stack();
    return new Fault(
        "pause " + part.label(),
        part.label(),
        PAUSES,
        () -> stack.pause(part),
        () -> stack.resume(part));
  }
}
