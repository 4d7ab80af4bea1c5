package app.meshguard.bench.engine;

import app.meshguard.bench.load.ClosedLoop;
import app.meshguard.bench.load.Measured;
import app.meshguard.bench.load.Pace;
import app.meshguard.bench.peers.Peer;
import app.meshguard.bench.peers.PeerServer;
import app.meshguard.bench.peers.PeerUnavailable;
import app.meshguard.bench.report.Report;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The engines that are reached over HTTP alone, where their binaries are on the PATH. */
final class PeersOverHttp {
  private static final Duration WARMUP = Duration.ofSeconds(3);
  private static final Duration TIME = Duration.ofSeconds(5);

  private final Path directory;
  private final PrintStream out;

  PeersOverHttp(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  void measure(Report report) throws IOException, InterruptedException {
    for (Peer peer : Peer.ALL) {
      Optional<Path> binary = onPath(peer);
      if (binary.isEmpty()) {
        report.note(peer.name() + " is not on the PATH, and was not measured.");
        continue;
      }
      out.println("Measuring " + peer.name() + ".");
      Files.createDirectories(directory);
      try (PeerServer server = peer.start(binary.get(), directory)) {
        ClosedLoop loop = new ClosedLoop(server.address(), peer.mix(), 1);
        loop.run(WARMUP, Pace.UNLIMITED);
        Measured measured = loop.run(TIME, Pace.UNLIMITED);
        report.figure(
            peer.name() + " over HTTP, the claims policy", 1e6 / measured.perSecond(), "us");
      } catch (PeerUnavailable e) {
        report.note(e.reason());
      }
    }
  }

  private static Optional<Path> onPath(Peer peer) {
    String command = peer.name().split(" ", 2)[0].toLowerCase(Locale.ROOT);
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
