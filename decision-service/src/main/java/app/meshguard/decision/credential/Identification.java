package app.meshguard.decision.credential;

/** Whether we know who calls. */
public sealed interface Identification {

  /** We do, and the credential is good. */
  record Identified(Caller caller) implements Identification {}

  /**
   * We do, and the credential is not good any more: 401, and recorded.
   *
   * @param code e.g. {@code agent_revoked}
   */
  record Rejected(Caller caller, String code, String message) implements Identification {}

  /** We do not: 401. There is no tenant whose record this could be. */
  record Unknown(String message) implements Identification {}
}
