package app.meshguard.audit.explain;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ProblemCode;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was recorded beside what deciding again gives, and why.
 *
 * @param same whether the replay gives the same decision in every part that was compared
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExplainedDecision")
record PastDecision(
    String id,
    long index,
    String decisionId,
    String decidedAt,
    @Schema(description = "Whether deciding again gives the same") boolean same,
    @Schema(description = "What was decided then", type = SchemaType.OBJECT)
        Map<String, JsonNode> then,
    @Schema(
            description =
                "What deciding again gives, under the policies, the agent and the context of then",
            type = SchemaType.OBJECT)
        Map<String, JsonNode> replayed,
    List<Difference> differences,
    @Schema(description = "Why, rule by rule", implementation = Object.class)
        @Nullable JsonNode explanation,
    List<String> notes) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final List<String> SHOWN =
      List.of("decision", "code", "policy", "policyRevision", "rule", "reason", "obligations");

  /** One part of the decision that is not the same. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DecisionDifference")
  record Difference(
      String field,
      @Schema(implementation = Object.class) @Nullable JsonNode then,
      @Schema(implementation = Object.class) @Nullable JsonNode replayed) {}

  /**
   * Puts a record beside the tenant-service's answer about it.
   *
   * @throws IOException when the answer is not what was agreed
   * @throws Refused when the decision could not be decided again
   */
  static PastDecision of(String id, long index, JsonNode record, byte[] answer) throws IOException {
    JsonNode replay = JSON.readTree(answer);
    if (replay == null || !replay.path("same").isBoolean()) {
      throw new IOException("the replay does not say whether it is the same");
    }
    List<String> notes = new ArrayList<>();
    replay.path("notes").forEach(note -> notes.add(note.asText()));
    if (!replay.path("replayed").asBoolean(true)) {
      throw new Refused(
          ProblemCode.CONFLICT, "The decision cannot be decided again: " + String.join(" ", notes));
    }
    List<Difference> differences = new ArrayList<>();
    replay
        .path("differences")
        .forEach(
            one ->
                differences.add(
                    new Difference(
                        one.path("field").asText(), one.get("recorded"), one.get("replayed"))));
    return new PastDecision(
        id,
        index,
        record.path("decisionId").asText(),
        record.path("decidedAt").asText(),
        replay.path("same").booleanValue(),
        shown(record),
        shown(replay),
        differences,
        replay.get("explanation"),
        notes);
  }

  /** Reads a record with every digit of its numbers. */
  static JsonNode read(byte[] record) {
    try {
      return JSON.readTree(new String(record, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored record cannot be read", e);
    }
  }

  private static Map<String, JsonNode> shown(JsonNode of) {
    Map<String, JsonNode> fields = new TreeMap<>();
    for (String field : SHOWN) {
      JsonNode value = of.get(field);
      if (value != null && !value.isNull()) {
        fields.put(field, value);
      }
    }
    return fields;
  }
}
