package app.meshguard.decision.shipping;

/** The verifier key of this journal's receipts, for the registration. */
@FunctionalInterface
public interface ReceiptKeyText {

  /** As signed notes write it. */
  String verifierKey();
}
