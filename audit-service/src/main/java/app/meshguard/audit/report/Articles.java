package app.meshguard.audit.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The articles that reports are mapped to, as {@code report/articles.json} has them. */
@ApplicationScoped
class Articles {
  private final List<Report.Article> all;

  Articles() {
    try (InputStream file =
        Objects.requireNonNull(
            Articles.class.getResourceAsStream("/report/articles.json"), "articles.json")) {
      all = new ObjectMapper().readValue(file, new TypeReference<List<Report.Article>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("the articles cannot be read", e);
    }
  }

  /** Those for which a report has a figure, with the figures that it has. */
  List<Report.Article> of(List<Report.Figure> figures) {
    Set<String> ids = figures.stream().map(Report.Figure::id).collect(Collectors.toSet());
    return all.stream()
        .filter(article -> article.figures().stream().anyMatch(ids::contains))
        .map(
            article ->
                new Report.Article(
                    article.framework(),
                    article.article(),
                    article.says(),
                    article.shows(),
                    article.lacks(),
                    article.figures().stream().filter(ids::contains).toList()))
        .toList();
  }

  /** All of them. */
  List<Report.Article> all() {
    return all;
  }
}
