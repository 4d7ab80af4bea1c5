package app.meshguard.audit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArticlesTest {
  private final Articles articles = new Articles();

  @Test
  void nameOnlyFiguresThatThereAre() {
    Set<String> known = Set.copyOf(Figures.ids());
    articles.all().forEach(a -> assertTrue(known.containsAll(a.figures()), a.article()));
  }

  @Test
  void areOfFourFrameworksAndEachOnce() {
    assertEquals(
        Set.of("SOC 2", "HIPAA", "GDPR", "EU AI Act"),
        articles.all().stream().map(Report.Article::framework).collect(Collectors.toSet()));
    List<String> names =
        articles.all().stream().map(a -> a.framework() + " " + a.article()).toList();
    assertEquals(Set.copyOf(names).size(), names.size());
    articles.all().forEach(a -> assertTrue(a.lacks().endsWith("."), a.article()));
  }

  @Test
  void areThoseThatAReportHasFiguresFor() {
    ReportPeriod period = new ReportPeriod(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    List<Report.Article> of = articles.of(Figures.of(List.of("overrides"), List.of(), period));
    assertTrue(of.stream().anyMatch(a -> a.article().equals("Art. 22")));
    assertTrue(of.stream().allMatch(a -> a.figures().equals(List.of("overrides"))));
    assertTrue(of.stream().noneMatch(a -> a.article().equals("CC6.1")));
  }
}
