package app.meshguard.local.demo;

import app.meshguard.local.demo.AuditProof.Proof;
import app.meshguard.local.demo.Play.Scene;
import java.io.PrintStream;
import java.util.List;

/** Prints what was played and what proves it. */
final class Report {
  private Report() {}

  static void calls(PrintStream out, List<Scene> scenes) {
    var table = new Table("", "agent", "call", "expected", "got", "policy", "rule", "reason");
    for (var scene : scenes) {
      table.row(
          scene.asExpected() ? "ok" : "DIFFERS",
          scene.caller().name(),
          scene.call().toString(),
          scene.expected().decision(),
          scene.got().decision(),
          scene.got().policy(),
          scene.got().rule(),
          scene.reason());
    }
    out.println(table);
    scenes.stream()
        .filter(scene -> !scene.asExpected())
        .forEach(
            scene ->
                out.printf(
                    "%s: expected %s, got %s%n", scene.call(), scene.expected(), scene.got()));
  }

  static void proofs(PrintStream out, List<Proof> proofs) {
    var table =
        new Table("", "agent", "action", "decision", "rule", "entries", "recorded at", "entry");
    for (var proof : proofs) {
      var scene = proof.scene();
      var first = proof.entries().isEmpty() ? null : proof.entries().getLast();
      table.row(
          proof.holds() ? "ok" : "DIFFERS",
          scene.caller().name(),
          scene.call().action(),
          first == null ? null : first.path("decision").asText(),
          first == null ? null : first.path("rule").asText(""),
          proof.entries().size() + " of " + scene.times(),
          first == null ? null : first.path("timestamp").asText(),
          first == null ? null : first.path("id").asText());
    }
    out.println(table);
  }
}
