package app.meshguard.tenant;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document in the repository is the one that is served. */
@TenantService
class OpenApiIT {
  private static final Path DOCUMENT = Path.of("../docs/openapi/tenant-service.yaml");

  @Test
  void isKeptInTheRepository() throws IOException {
    String served = given().get("/q/openapi").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("meshguard.openapi.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, served);
    }
    assertEquals(
        Files.readString(DOCUMENT),
        served,
        "the API has changed: run this test with -Dmeshguard.openapi.write=true and look at the"
            + " difference");
  }
}
