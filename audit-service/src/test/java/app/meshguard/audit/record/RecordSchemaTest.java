package app.meshguard.audit.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.meshguard.audit.SampleRecords;
import app.meshguard.audit.platform.SystemRecord;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that users read, the examples beside it and what services write are one. */
class RecordSchemaTest {
  private static final Path DOCS = Path.of("../docs/audit");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void holdsForEveryExampleAndThereIsOneOfEachKind() throws Exception {
    Set<String> kinds = new TreeSet<>();
    Matcher examples = EXAMPLE.matcher(Files.readString(DOCS.resolve("records.md")));
    while (examples.find()) {
      assertEquals(Set.of(), faults(examples.group(1)), examples.group(1));
      kinds.add(read(examples.group(1)).kind());
    }
    assertEquals(
        Set.of("change", "decision", "event", "key_use", "login", "outcome", "system"), kinds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"decision-record-v1", "outcome-record-v1"})
  void holdsForWhatTheDecisionServiceWrites(String golden) throws Exception {
    assertEquals(Set.of(), faults(SampleRecords.golden(golden)));
  }

  @Test
  void holdsForWhatThisServiceWrites() throws Exception {
    byte[] record =
        SystemRecord.of(SampleRecords.tenant(), "sys_1", Instant.now(), "export", Map.of("a", 1));

    assertEquals(Set.of(), faults(new String(record, StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"format\":1|\"format\":2",
        "\"kind\":\"decision\"|\"kind\":\"event\"",
        "\"decision\":\"deny\"|\"decision\":null",
        "\"tenantId\":\"org_|\"tenantId\":\"",
        "\"latencyUs\":180|\"latencyUs\":\"180\"",
        "\"replica\"|\"replicb\""
      })
  void refusesWhatIsNoRecord(String change) throws Exception {
    String[] fromTo = change.split("\\|");
    String record = SampleRecords.golden("decision-record-v1").replace(fromTo[0], fromTo[1]);

    assertFalse(faults(record).isEmpty(), record);
  }

  private static Set<String> faults(String record) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(DOCS.resolve("record.schema.json")));
    Set<String> faults = new TreeSet<>();
    schema
        .validate(
            record,
            InputFormat.JSON,
            execution -> execution.getExecutionConfig().setFormatAssertionsEnabled(true))
        .forEach(fault -> faults.add(fault.toString()));
    return faults;
  }

  private static EvidenceRecord read(String record) throws UnreadableRecord {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    return new RecordReader().read(bytes, 0, bytes.length);
  }
}
