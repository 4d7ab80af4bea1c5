package app.meshguard.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.PoliciesSection.PublishedCanary;
import app.meshguard.wire.bundle.PoliciesSection.PublishedPolicy;
import app.meshguard.wire.bundle.Revocation;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON of what services say to each other: a change here is a change of the contract. */
class WireRecordsTest {
  private static final TenantId TENANT = new TenantId("org_0123456789abcdef");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void writesAndReadsAFeedEvent() throws Exception {
    FeedEvent event =
        new FeedEvent(
            TENANT, 4, 9, 2, List.of(new Revocation(Revocation.Kind.AGENT, "agent_x", 7)));
    String text =
        "{\"tenantId\":\"org_0123456789abcdef\",\"policies\":4,\"directory\":9,\"revocations\":2,"
            + "\"revoked\":[{\"kind\":\"agent\",\"id\":\"agent_x\",\"at\":7}]}";
    assertEquals(json.readTree(text), json.readTree(json.writeValueAsString(event)));
    assertEquals(event, json.readValue(text, FeedEvent.class));
  }

  @Test
  void writesAndReadsAPolicyWithAndWithoutACanary() throws Exception {
    PoliciesSection section =
        new PoliciesSection(
            1,
            TENANT,
            5,
            List.of(
                new PublishedPolicy("policy_1", "p", 2, "old", new PublishedCanary(3, "new", 10)),
                new PublishedPolicy("policy_2", "q", 1, "text", null)));
    String text =
        "{\"format\":1,\"tenantId\":\"org_0123456789abcdef\",\"version\":5,\"policies\":["
            + "{\"id\":\"policy_1\",\"name\":\"p\",\"revision\":2,\"document\":\"old\","
            + "\"canary\":{\"revision\":3,\"document\":\"new\",\"percent\":10}},"
            + "{\"id\":\"policy_2\",\"name\":\"q\",\"revision\":1,\"document\":\"text\"}]}";
    assertEquals(json.readTree(text), json.readTree(json.writeValueAsString(section)));
    assertEquals(section, json.readValue(text, PoliciesSection.class));
  }

  @Test
  void refusesACanaryThatIsNoShare() {
    assertThrows(IllegalArgumentException.class, () -> new PublishedCanary(2, "x", 0));
    assertThrows(IllegalArgumentException.class, () -> new PublishedCanary(2, "x", 100));
  }

  @Test
  void leavesOutOfAProblemWhatIsNotThere() throws Exception {
    assertEquals(
        json.readTree(
            "{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
                + "\"code\":\"not_found\",\"detail\":\"There is no such agent.\"}"),
        json.readTree(
            json.writeValueAsString(Problem.of(ProblemCode.NOT_FOUND, "There is no such agent."))));
  }

  @Test
  void refusesWhatIsNoTenantId() {
    for (String text : List.of("", "org_", "org_0123456789abcde", "org_0123456789abcde/", "x")) {
      assertThrows(IllegalArgumentException.class, () -> new TenantId(text), text);
    }
  }

  @Test
  void givesEachProblemACodeAndAnErrorStatus() {
    long codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).distinct().count();
    assertEquals(ProblemCode.values().length, codes);
    for (ProblemCode code : ProblemCode.values()) {
      assertTrue(code.status() >= 400 && code.status() < 600, code.name());
    }
  }
}
