package app.meshguard.bench.peers;

import app.meshguard.bench.load.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A policy engine that is not ours. */
public interface Peer {
  /** Those that `--peers` measures. */
  List<Peer> ALL = List.of(new Cerbos(), new Opa());

  String name();

  /** Our throughput over its: at least this. */
  double throughputBar();

  /** Installs it by name into {@code directory}, unless it is there. */
  void install(Path directory) throws PeerUnavailable, IOException, InterruptedException;

  /** Where {@link #install} puts its binary. */
  Path binary(Path directory);

  /**
   * Starts a binary of it with the claims policy.
   *
   * @param directory for its policies and its log
   */
  PeerServer start(Path binary, Path directory)
      throws PeerUnavailable, IOException, InterruptedException;

  /** The calls of the claims mix as its clients say them. */
  List<Request> mix() throws IOException;
}
