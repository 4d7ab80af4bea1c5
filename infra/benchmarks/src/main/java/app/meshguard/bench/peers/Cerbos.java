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

/** Cerbos, from npm; its own binary is started, not the Node wrapper around it. */
final class Cerbos implements Peer {
  private static final String VERSION = "0.51.0";

  @Override
  public String name() {
    return "Cerbos " + VERSION;
  }

  @Override
  public double throughputBar() {
    return 2.0;
  }

  @Override
  public void install(Path directory) throws PeerUnavailable, IOException, InterruptedException {
    if (Files.exists(binary(directory))) {
      return;
    }
    Installation.run(
        directory,
        "cerbos",
        List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", ".", "cerbos@" + VERSION),
        Map.of());
    if (!Files.exists(binary(directory))) {
      throw new PeerUnavailable("Cerbos has no npm package for this kind of machine.");
    }
  }

  @Override
  public PeerServer start(Path binary, Path directory)
      throws PeerUnavailable, IOException, InterruptedException {
    Path policies = directory.resolve("cerbos-policies");
    Installation.unpack("cerbos/policies/claims.yaml", policies);
    Installation.unpack("cerbos/policies/claim_approval.yaml", policies);
    Path config = Installation.unpack("cerbos/config.yaml", directory.resolve("cerbos-config"));
    int port = PeerServer.freePort();
    return PeerServer.start(
        "cerbos",
        List.of(binary.toString(), "server", "--config=" + config, "--log-level=ERROR"),
        Map.of(
            "CERBOS_HTTP_PORT",
            Integer.toString(port),
            "CERBOS_GRPC_PORT",
            Integer.toString(PeerServer.freePort()),
            "CERBOS_POLICIES",
            policies.toString()),
        port,
        "/_cerbos/health",
        directory);
  }

  @Override
  public List<Request> mix() throws IOException {
    List<Request> mix = new ArrayList<>();
    for (ClaimsCall call : ClaimsCall.MIX) {
      mix.add(request(call));
    }
    return mix;
  }

  private static Request request(ClaimsCall call) throws IOException {
    Map<String, Object> principal =
        Map.of(
            "id",
            "claims-bot",
            "roles",
            ClaimsCall.TAGS,
            "attr",
            Map.of("department", ClaimsCall.DEPARTMENT));
    Map<String, Object> resource =
        Map.of("kind", call.kind(), "id", ClaimsCall.RESOURCE, "attr", call.context());
    Map<String, Object> body =
        Map.of(
            "principal",
            principal,
            "resources",
            List.of(Map.of("actions", List.of(call.verb()), "resource", resource)));
    return Request.post(
        "Cerbos: " + call.name(),
        "/api/check/resources",
        Map.of(),
        new ObjectMapper().writeValueAsString(body),
        200,
        "{\"%s\":\"EFFECT_%s\"}".formatted(call.verb(), call.allowed() ? "ALLOW" : "DENY"));
  }

  @Override
  public Path binary(Path directory) {
    String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    String name = "cerbos-" + system + "-" + machine;
    return directory.resolve("node_modules/@cerbos").resolve(name).resolve(name);
  }
}
