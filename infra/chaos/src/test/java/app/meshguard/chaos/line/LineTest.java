package app.meshguard.chaos.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {
  private final BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
  private ServerSocket echo;
  private Line line;

  @BeforeEach
  void startsAnEcho() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    line = new Line(() -> new InetSocketAddress("127.0.0.1", echo.getLocalPort()));
  }

  @AfterEach
  void endsIt() throws IOException {
    line.close();
    echo.close();
  }

  @Test
  void letsEverythingThrough() throws IOException {
    try (Socket socket = connect()) {
      assertEquals(7, call(socket, 7));
    }
  }

  @Test
  void aCutBreaksWhatIsOpenAndRefusesWhatComes() throws IOException {
    try (Socket socket = connect()) {
      call(socket, 7);
      line.cut();
      assertThrows(IOException.class, () -> call(socket, 8));
    }
    try (Socket socket = connect()) {
      assertThrows(IOException.class, () -> call(socket, 9));
    }
    line.mend();
    try (Socket socket = connect()) {
      assertEquals(10, call(socket, 10));
    }
  }

  @Test
  void aResetLetsTheNextConnectionThrough() throws IOException {
    try (Socket socket = connect()) {
      call(socket, 7);
      line.reset();
      assertThrows(IOException.class, () -> call(socket, 8));
    }
    try (Socket socket = connect()) {
      assertEquals(9, call(socket, 9));
    }
  }

  @Test
  void aStallHoldsBackAndLosesNothing() throws IOException {
    try (Socket socket = connect()) {
      call(socket, 7);
      line.stall();
      socket.setSoTimeout(100);
      assertThrows(SocketTimeoutException.class, () -> call(socket, 8));
      socket.setSoTimeout(10_000);
      line.mend();
      assertEquals(8, socket.getInputStream().read());
    }
  }

  @Test
  void aLostAnswerIsOfARequestThatArrived() throws Exception {
    line.loseAnswers();
    try (Socket socket = connect()) {
      assertThrows(IOException.class, () -> call(socket, 7));
    }
    assertEquals(7, arrived.take());
  }

  @Test
  void losesOneAnswerAndNoOther() throws Exception {
    line.loseOneAnswer();
    try (Socket socket = connect()) {
      assertThrows(IOException.class, () -> call(socket, 7));
    }
    assertEquals(7, arrived.take());
    try (Socket socket = connect()) {
      assertEquals(8, call(socket, 8));
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", line.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends a byte and reads one; the end of the stream is an error as a reset is. */
  private static int call(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
    int answer = socket.getInputStream().read();
    if (answer < 0) {
      throw new IOException("ended");
    }
    return answer;
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        if (!echo.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      for (int value = socket.getInputStream().read();
          value >= 0;
          value = socket.getInputStream().read()) {
        arrived.add(value);
        socket.getOutputStream().write(value);
      }
    } catch (IOException e) {
      arrived.add(-1);
    }
  }
}
