package app.meshguard.bench.peers;

import app.meshguard.bench.claims.ClaimsCall;
import app.meshguard.bench.load.Request;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Open Policy Agent, built by Go from its module. */
final class Opa implements Peer {
  private static final String VERSION = "1.22.0";

  @Override
  public String name() {
    return "OPA " + VERSION;
  }

  @Override
  public double throughputBar() {
    return 1.0;
  }

  @Override
  public void install(Path directory) throws PeerUnavailable, IOException, InterruptedException {
    if (Files.exists(binary(directory))) {
      return;
    }
    Installation.run(
        directory,
        "opa",
        List.of("go", "install", "github.com/open-policy-agent/opa@v" + VERSION),
        Map.of("GOBIN", directory.resolve("bin").toString()));
  }

  @Override
  public PeerServer start(Path binary, Path directory)
      throws PeerUnavailable, IOException, InterruptedException {
    Path policy = Installation.unpack("opa/claims.rego", directory.resolve("opa-policy"));
    int port = PeerServer.freePort();
    return PeerServer.start(
        "opa",
        List.of(
            binary.toString(),
            "run",
            "--server",
            "--addr",
            "127.0.0.1:" + port,
            "--log-level",
            "error",
            "--skip-version-check",
            policy.toString()),
        Map.of(),
        port,
        "/health",
        directory);
  }

  @Override
  public List<Request> mix() throws IOException {
    List<Request> mix = new ArrayList<>();
    for (ClaimsCall call : ClaimsCall.MIX) {
      Map<String, Object> input =
          Map.of(
              "action",
              call.action(),
              "resource",
              ClaimsCall.RESOURCE,
              "context",
              call.context(),
              "agent",
              Map.of("tags", ClaimsCall.TAGS, "department", ClaimsCall.DEPARTMENT));
      mix.add(
          Request.post(
              "OPA: " + call.name(),
              "/v1/data/meshguard/claims/decision",
              Map.of(),
              new ObjectMapper().writeValueAsString(Map.of("input", input)),
              200,
              "\"result\":\"%s\"".formatted(call.allowed() ? "allow" : "deny")));
    }
    return mix;
  }

  @Override
  public Path binary(Path directory) {
    return directory.resolve("bin/opa");
  }
}
