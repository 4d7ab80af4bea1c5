package app.meshguard.decision.evidence;

/** Is told of each force, on the writer's thread: must not block. */
@FunctionalInterface
public interface ForceMeter {

  /** One force is done. */
  void forced(int records, long nanos);
}
