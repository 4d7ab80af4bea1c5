package app.meshguard.tenant.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.meshguard.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestObjectTest {

  private static RequestObject of(String json) {
    return RequestObject.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> faults(RequestObject json) {
    return assertThrows(RequestRefused.class, json::done).problem().errors().stream()
        .map(Problem.Fault::path)
        .toList();
  }

  @Test
  void gathersFaultsOfNestedObjectsUnderTheirPaths() {
    RequestObject json = of("{\"routes\":[{\"path\":\"/a\",\"x\":1},7],\"y\":2}");
    for (RequestObject route : json.objects("routes", 10)) {
      route.requiredText("path", 10);
      route.requiredText("action", 10);
    }
    assertEquals(List.of("routes[1]", "routes[0].action", "y", "routes[0].x"), faults(json));
  }

  @Test
  void keepsTheDigitsOfNumbers() {
    RequestObject json = of("{\"m\":{\"a\":1.50,\"b\":12345678901234567890123,\"c\":1e2}}");
    Map<String, Object> map = json.map("m", 1000);
    assertEquals(
        "{\"a\":1.50,\"b\":12345678901234567890123,\"c\":100}",
        Json.write(map).replace("1E+2", "100"));
  }

  @Test
  void takesNullAsAbsent() {
    RequestObject json = of("{\"a\":null,\"b\":null,\"c\":null}");
    assertEquals(null, json.text("a", 10));
    assertEquals(List.of(), json.texts("b", 10, 10));
    assertEquals("", json.requiredText("c", 10));
    assertEquals(List.of("c"), faults(json));
  }

  @Test
  void refusesTextThatIsBlankPaddedOrHasControlCharacters() {
    RequestObject json = of("{\"a\":\" \",\"b\":\" x\",\"c\":\"x\\u0000\",\"d\":\"long\"}");
    json.text("a", 3);
    json.text("b", 3);
    json.text("c", 3);
    json.text("d", 3);
    assertEquals(List.of("a", "b", "c", "d"), faults(json));
  }
}
