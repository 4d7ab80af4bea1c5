package app.meshguard.decision.platform;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import app.meshguard.decision.DecisionServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Run with {@code -Dmeshguard.openapi.write=true} to write the document anew. */
@QuarkusTest
@QuarkusTestResource(value = DecisionServiceUnderTest.class, restrictToAnnotatedClass = true)
class OpenApiIT {
  private static final Path DOCUMENT = Path.of("../docs/openapi/decision-service.yaml");

  @Test
  void isKeptInTheDocuments() throws IOException {
    String served = given().get("/q/openapi").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("meshguard.openapi.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, served);
    }

    // As maps: the order of keys differs from build to build and means nothing.
    Yaml yaml = new Yaml();
    assertEquals(yaml.<Object>load(Files.readString(DOCUMENT)), yaml.<Object>load(served));
  }
}
