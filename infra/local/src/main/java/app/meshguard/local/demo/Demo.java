package app.meshguard.local.demo;

import app.meshguard.local.demo.ClockedReplicas.ClockedReplica;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * {@code ./meshguard demo}: three fresh tenants, the example policies, some thirty kinds of call
 * over HTTP, each compared with what it should be, and then its entry in the audit log.
 */
public final class Demo {
  private static final LocalTime LATE_EVENING = LocalTime.of(23, 30);
  private static final LocalTime DEEP_NIGHT = LocalTime.of(3, 0);

  private final Gateway gateway;
  private final Path examples;
  private final ClockedReplicas replicas;
  private final PrintStream out;

  /**
   * @param base the address in front of the running stack
   * @param examples the folder with the example policies
   */
  public Demo(URI base, Path examples, ClockedReplicas replicas, PrintStream out) {
    this.gateway =
        new Gateway(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build(),
            base);
    this.examples = examples;
    this.replicas = replicas;
    this.out = out;
  }

  /** Returns 0 when every answer and every audit entry is as expected, else 1. */
  public int run() throws IOException, InterruptedException {
    out.println("Starting two throw-away decision replicas: one at 23:30, one at 03:00 …");
    var now = Instant.now();
    try (var lateEvening = replicas.startAt(next(LATE_EVENING, now));
        var deepNight = replicas.startAt(next(DEEP_NIGHT, now))) {
      return run(lateEvening, deepNight);
    }
  }

  private int run(ClockedReplica lateEvening, ClockedReplica deepNight)
      throws IOException, InterruptedException {
    out.println("Signing up a person, a shop and an insurer, each with its example policy …");
    var person = tenant("Demo person", "personal-assistant.yaml");
    var shop = tenant("Demo shop", "small-business-support.yaml");
    var insurer = tenant("Demo insurer", "enterprise-claims.yaml");

    var play = new Play();
    PersonScenes.play(play, person, gateway, lateEvening, deepNight);
    ShopScenes.play(play, shop, gateway);
    InsurerScenes.play(play, insurer, gateway);
    var scenes = play.scenes();
    out.println();
    Report.calls(out, scenes);

    out.println("The audit entries that prove it, read back over the management API:");
    out.println();
    var proofs = AuditProof.of(scenes);
    Report.proofs(out, proofs);

    var differing =
        scenes.stream().filter(scene -> !scene.asExpected()).count()
            + proofs.stream().filter(proof -> !proof.holds()).count();
    var calls = scenes.stream().mapToInt(Play.Scene::times).sum();
    out.println(
        differing == 0
            ? calls + " calls, all decided as expected, each with exactly one audit entry."
            : differing + " lines differ from what they should be.");
    return differing == 0 ? 0 : 1;
  }

  private DemoTenant tenant(String name, String policyFile) throws IOException {
    var unique = UUID.randomUUID().toString().substring(0, 8);
    var tenant = DemoTenant.signUp(gateway, name + " " + unique, "demo-" + unique + "@example.com");
    tenant.apply(Files.readString(examples.resolve(policyFile)));
    return tenant;
  }

  /** The next time it is {@code time} in UTC: within a day, so that a token made now is valid. */
  static Instant next(LocalTime time, Instant now) {
    var today = now.atOffset(ZoneOffset.UTC).with(time).toInstant();
    return today.isAfter(now) ? today : today.plus(Duration.ofDays(1));
  }
}
