package app.meshguard.bench.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {
  private static final String EXPOSITION =
      """
      # HELP meshguard_lag records
      # TYPE meshguard_lag gauge
      meshguard_lag_seconds 7.0
      meshguard_lag{journal="a",note="x } y"} 12.0
      meshguard_lag{journal="b"} 1.5E1
      plain 3.0
      """;

  @Test
  void sumsOverTheLabels() throws IOException {
    assertEquals(27, ServiceMetrics.sum(EXPOSITION, "meshguard_lag"));
    assertEquals(3, ServiceMetrics.sum(EXPOSITION, "plain"));
  }

  @Test
  void refusesAMetricThatIsNotThere() {
    assertThrows(IOException.class, () -> ServiceMetrics.sum(EXPOSITION, "meshguard"));
  }
}
