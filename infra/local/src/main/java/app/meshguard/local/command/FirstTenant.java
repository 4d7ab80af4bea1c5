package app.meshguard.local.command;

import app.meshguard.processes.PrivateFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** The tenant that a stack has from its first start on, and the files with its credentials. */
public final class FirstTenant {
  private static final ObjectMapper JSON = new ObjectMapper();

  // Tokens live for a day: one that is printed today should work all day.
  private static final Duration RENEW_TOKEN_AFTER = Duration.ofHours(12);

  private final ManagementCalls calls;
  private final URI base;
  private final Path home;

  private FirstTenant(URI base, Path home) {
    this.calls = new ManagementCalls(base);
    this.base = base;
    this.home = home;
  }

  /** Makes the tenant unless its credentials are there and work; renews its agent's token. */
  public static FirstTenant ensure(URI base, Path home) throws IOException {
    FirstTenant tenant = new FirstTenant(base, home);
    if (!Files.exists(tenant.jsonFile())) {
      tenant.signUp();
      return tenant;
    }
    ObjectNode known = (ObjectNode) JSON.readTree(tenant.jsonFile().toFile());
    if (!tenant.calls.accepts(known.path("adminToken").asText())) {
      tenant.signUp();
      return tenant;
    }
    tenant.renewToken(known);
    return tenant;
  }

  Path jsonFile() {
    return home.resolve("credentials.json");
  }

  Path environmentFile() {
    return home.resolve("credentials.env");
  }

  private void signUp() throws IOException {
    byte[] unique = new byte[4];
    new SecureRandom().nextBytes(unique);
    JsonNode made =
        calls.post(
            "/signup",
            Map.of(),
            "application/json",
            JSON.writeValueAsString(
                Map.of(
                    "name",
                    "Demo",
                    "email",
                    "demo-" + HexFormat.of().formatHex(unique) + "@example.com",
                    "agentName",
                    "demo-agent")));
    calls.post(
        "/admin/policies",
        Map.of("X-Admin-Token", made.path("adminToken").asText()),
        "application/yaml",
        starterPolicy());
    ObjectNode credentials = (ObjectNode) made;
    credentials.put("tokenIssuedAt", Instant.now().toString());
    write(credentials);
  }

  private void renewToken(ObjectNode known) throws IOException {
    Instant issued = Instant.parse(known.path("tokenIssuedAt").asText());
    if (issued.plus(RENEW_TOKEN_AFTER).isBefore(Instant.now())) {
      JsonNode answer =
          calls.post(
              "/admin/agents/" + known.path("agent").path("id").asText() + "/token",
              Map.of("X-Admin-Token", known.path("adminToken").asText()),
              "application/json",
              "{}");
      ((ObjectNode) known.get("agent")).put("token", answer.path("token").asText());
      known.put("tokenIssuedAt", Instant.now().toString());
    }
    write(known);
  }

  private void write(ObjectNode credentials) throws IOException {
    credentials.put("url", base.toString());
    PrivateFiles.write(
        jsonFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(credentials) + "\n");
    JsonNode agent = credentials.path("agent");
    PrivateFiles.write(
        environmentFile(),
        """
        export MESHGUARD_URL='%s'
        export MESHGUARD_GATEWAY_URL='%s'
        export MESHGUARD_API_KEY='%s'
        export MESHGUARD_ADMIN_TOKEN='%s'
        export MESHGUARD_AGENT_ID='%s'
        export MESHGUARD_AGENT_TOKEN='%s'
        """
            .formatted(
                base,
                base,
                credentials.path("apiKey").asText(),
                credentials.path("adminToken").asText(),
                agent.path("id").asText(),
                agent.path("token").asText()));
  }

  private static String starterPolicy() throws IOException {
    try (InputStream in = FirstTenant.class.getResourceAsStream("starter-policy.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the starter policy is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
