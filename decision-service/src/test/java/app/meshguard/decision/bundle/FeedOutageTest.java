package app.meshguard.decision.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class FeedOutageTest {

  @Test
  void saysWhyAlsoWhenTheFailureItselfSaysNothing() {
    Throwable refused = new ConnectException().initCause(new ClosedChannelException());
    assertEquals("ConnectException", FeedOutage.reason(refused));
    assertEquals("the feed has ended", FeedOutage.reason(new IOException("the feed has ended")));
    assertEquals("below", FeedOutage.reason(new IOException(null, new IOException("below"))));
  }

  @Test
  void saysItOnceAndThatItIsOver() {
    List<LogRecord> said = new ArrayList<>();
    Logger logger = Logger.getLogger(FeedOutage.class.getName());
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(listener);
    try {
      FeedOutage outage = new FeedOutage();
      outage.over();
      for (int i = 0; i < 5; i++) {
        outage.noticed(new IOException("gone"));
      }
      outage.over();
      outage.over();
    } finally {
      logger.removeHandler(listener);
    }
    assertEquals(
        List.of("WARN", "INFO"),
        said.stream().map(line -> line.getLevel().getName().replace("WARNING", "WARN")).toList());
  }
}
