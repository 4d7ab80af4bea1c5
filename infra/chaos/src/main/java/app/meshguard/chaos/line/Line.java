package app.meshguard.chaos.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A TCP line to a server, on a loopback port of its own, that can be broken in several ways. */
public final class Line implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private enum State {
    OPEN,
    /** What comes is refused. */
    CUT,
    /** Nothing gets through, and nobody is told. */
    STALLED,
    /** Requests get through; with the first byte of an answer the connection is reset. */
    DEAF,
    /** The same for one answer, and then it is open again. */
    DEAF_ONCE
  }

  private final ServerSocket server;
  private final Supplier<InetSocketAddress> target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile State state = State.OPEN;

  /**
   * A line that is open.
   *
   * @param target asked at each connection: a server that is started again may be elsewhere
   */
  public Line(Supplier<InetSocketAddress> target) {
    this.target = target;
    try {
      this.server = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a line", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where to connect to. */
  public int port() {
    return server.getLocalPort();
  }

  public String address() {
    return "http://127.0.0.1:" + port();
  }

  /** Breaks what is open and refuses what comes, until it is mended. */
  public void cut() {
    become(State.CUT);
    reset();
  }

  /** Holds back every byte, both ways, until it is mended. */
  public void stall() {
    become(State.STALLED);
  }

  /** Lets requests through and breaks off each answer, until it is mended. */
  public void loseAnswers() {
    become(State.DEAF);
  }

  /** Breaks off the next answer and no other: whoever asks again is heard. */
  public void loseOneAnswer() {
    become(State.DEAF_ONCE);
  }

  /** Breaks what is open, once: the next connection goes through. */
  public void reset() {
    open.forEach(Line::abort);
  }

  /** Lets everything through again. */
  public void mend() {
    become(State.OPEN);
  }

  private void become(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void connect(Socket near) {
    if (state == State.CUT) {
      abort(near);
      return;
    }
    Socket far = new Socket();
    try {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      far.connect(target.get());
    } catch (IOException e) {
      // Nobody listens there: the caller is told as it would be without this line.
      abort(near);
      abort(far);
      return;
    }
    open.add(near);
    open.add(far);
    if (state == State.CUT) {
      abort(near);
      abort(far);
    }
    Thread.ofVirtual().start(() -> pump(near, far, false));
    pump(far, near, true);
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitFlow();
        if (answers && isLost()) {
          abort(to);
          abort(from);
          break;
        }
        out.write(bytes, 0, count);
      }
      to.close();
      from.close();
    } catch (IOException e) {
      // One side has gone: the other must see it too.
      abort(to);
      abort(from);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private boolean isLost() {
    lock.lock();
    try {
      if (state == State.DEAF_ONCE) {
        state = State.OPEN;
        return true;
      }
      return state == State.DEAF;
    } finally {
      lock.unlock();
    }
  }

  private void awaitFlow() {
    if (state != State.STALLED) {
      return;
    }
    lock.lock();
    try {
      while (state == State.STALLED) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes with a reset: what was on its way is lost. */
  private static void abort(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      // It was closed by the other pump meanwhile, which is all that was wanted.
      return;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
