package app.meshguard.decision.proxy;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Passes an answer on and hashes each part after it has gone out: nothing is held back for it. */
final class HashedAnswer implements WriteStream<Buffer> {
  private final HttpServerResponse response;
  private final MessageDigest sha256 = sha256();

  HashedAnswer(HttpServerResponse response) {
    this.response = response;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hash(byte[] whole) {
    return HexFormat.of().formatHex(sha256().digest(whole));
  }

  /** Of all that went through; once. */
  String hash() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  @SuppressWarnings("deprecation") // Without it every part would be copied to be hashed.
  private void add(Buffer part) {
    sha256.update(part.getByteBuf().nioBuffer());
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    response.exceptionHandler(handler);
    return this;
  }

  @Override
  public Future<Void> write(Buffer part) {
    Future<Void> written = response.write(part);
    add(part);
    return written;
  }

  @Override
  public void write(Buffer part, Handler<AsyncResult<Void>> handler) {
    response.write(part, handler);
    add(part);
  }

  @Override
  public void end(Handler<AsyncResult<Void>> handler) {
    response.end(handler);
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
    response.setWriteQueueMaxSize(maxSize);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return response.writeQueueFull();
  }

  @Override
  public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
    response.drainHandler(handler);
    return this;
  }
}
