package app.meshguard.tenant.write;

import app.meshguard.tenant.platform.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What a write answers.
 *
 * @param secrets keys of the answer that are shown once: a repeat of the write does not get them
 */
public record Outcome(int status, ObjectNode answer, Set<String> secrets) {
  public Outcome {
    secrets = Set.copyOf(secrets);
  }

  public static Outcome ok(Object view, String... secrets) {
    return new Outcome(200, Json.MAPPER.valueToTree(view), Set.of(secrets));
  }

  public static Outcome created(Object view, String... secrets) {
    return new Outcome(201, Json.MAPPER.valueToTree(view), Set.of(secrets));
  }

  String answerWithoutSecrets() {
    return Json.write(answer.deepCopy().without(secrets));
  }
}
