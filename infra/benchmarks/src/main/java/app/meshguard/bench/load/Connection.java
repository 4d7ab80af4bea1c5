package app.meshguard.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request under way. */
final class Connection implements AutoCloseable {
  private final SocketChannel channel;
  private final ResponseReader reader = new ResponseReader();
  private @Nullable Request underWay;
  private long startedAt;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  static Connection open(InetSocketAddress target) throws IOException {
    SocketChannel channel = SocketChannel.open(target);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Connection(channel);
  }

  SocketChannel channel() {
    return channel;
  }

  /**
   * Sends; {@code startedAt} (of {@link System#nanoTime()}) is what the latency is counted from.
   */
  void send(Request request, long startedAt) throws IOException {
    this.underWay = request;
    this.startedAt = startedAt;
    reader.reset();
    ByteBuffer bytes = request.toSend();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads what is there; true when the answer is whole, and is then the expected one. */
  boolean readAnswer() throws IOException {
    int count = channel.read(reader.space());
    if (count < 0) {
      throw new EOFException("The service closed a connection that was in use.\n" + reader.text());
    }
    if (count == 0 || !reader.received(count)) {
      return false;
    }
    if (underWay == null) {
      throw new WrongAnswer("An answer that nobody asked for:\n" + reader.text());
    }
    underWay.verify(reader);
    underWay = null;
    return true;
  }

  long startedAt() {
    return startedAt;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
