package app.meshguard.audit.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.meshguard.audit.platform.Refused;
import org.junit.jupiter.api.Test;

class HoldRequestTest {
  @Test
  void isReadWithEveryCriterion() {
    HoldRequest read =
        HoldRequest.read(
            "{\"reason\":\"case 7\",\"agentId\":\"a\",\"traceId\":\"t\",\"subject\":\"s\","
                + "\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-02T00:00:00+01:00\","
                + "\"paths\":[\"context.id\"]}");
    assertEquals("case 7", read.reason());
    assertEquals("2026-11-01T23:00:00Z", String.valueOf(read.to()));
    assertEquals("context.id", read.paths().getFirst().text());
  }

  @Test
  void mustSayWhatItHolds() {
    refused("{\"reason\":\"r\"}", "nothing else says what to hold");
    refused("{\"reason\":\"r\",\"wholeTenant\":true,\"agentId\":\"a\"}", "beside other criteria");
    assertTrue(HoldRequest.read("{\"reason\":\"r\",\"wholeTenant\":true}").wholeTenant());
  }

  @Test
  void isRefusedWithWhatIsWrong() {
    refused("", "2 fields are not right");
    refused("[]", "not a JSON object");
    refused("{\"reason\":\"r\",\"agentID\":\"a\",\"traceId\":\"t\"}", "Did you mean agentId?");
    refused("{\"reason\":\"r\",\"traceId\":7}", "traceId is not text");
    refused("{\"reason\":\"r\",\"reason\":\"s\"}", "not valid JSON");
    refused("{\"reason\":\"r\",\"traceId\":\"t\",\"from\":\"monday\"}", "from is a time such as");
    refused("{\"reason\":\"r\",\"traceId\":\"t\",\"paths\":[\"a\"]}", "there is no subject");
    refused("{\"reason\":\"r\",\"subject\":\"s\",\"paths\":[\"a..b\"]}", "what is no path");
    refused(
        "{\"reason\":\"r\",\"from\":\"2026-11-02T00:00:00Z\",\"to\":\"2026-11-02T00:00:00Z\"}",
        "from is not before to");
    refused("{\"reason\":\"\\ud800\",\"traceId\":\"t\"}", "half a surrogate pair");
  }

  private static void refused(String body, String why) {
    Refused refused = assertThrows(Refused.class, () -> HoldRequest.read(body), body);
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
  }
}
