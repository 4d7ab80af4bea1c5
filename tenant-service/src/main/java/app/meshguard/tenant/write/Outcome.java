package app.meshguard.tenant.write;

import app.meshguard.tenant.platform.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What a write answers.
 *
 * @param secrets keys of the answer that are shown once, {@code inner.key} within an object: a
 *     repeat of the write does not get them
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
    ObjectNode shown = answer.deepCopy();
    for (String secret : secrets) {
      int dot = secret.indexOf('.');
      if (dot < 0) {
        shown.remove(secret);
      } else if (shown.get(secret.substring(0, dot)) instanceof ObjectNode inner) {
        inner.remove(secret.substring(dot + 1));
      }
    }
    return Json.write(shown);
  }
}
