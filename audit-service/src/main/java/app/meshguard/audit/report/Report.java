package app.meshguard.audit.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is answered, and as its page is made of it.
 *
 * @param report its name in the path
 * @param to the first moment that does not count
 */
@RegisterForReflection
public record Report(
    String report,
    String title,
    String tenantId,
    @Schema(description = "The first moment that counts, of when it happened") String from,
    @Schema(description = "The first moment that does not count") String to,
    String generatedAt,
    @Schema(description = "The state of the log when the report was made") List<Fact> facts,
    List<Figure> figures,
    List<Table> tables,
    @Schema(description = "What of which rules the figures are evidence for")
        List<Article> articles,
    @Schema(description = "What the report does not say") List<String> notes) {
  public Report {
    facts = List.copyOf(facts);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    articles = List.copyOf(articles);
    notes = List.copyOf(notes);
  }

  /** One thing that is so. */
  @RegisterForReflection
  public record Fact(String name, String value) {}

  /**
   * A count of entries.
   *
   * @param entries a search that finds exactly these entries
   */
  @RegisterForReflection
  public record Figure(
      String id,
      String title,
      long count,
      @Schema(description = "A search that finds exactly the entries that are counted")
          String entries) {}

  /** Figures in rows. */
  @RegisterForReflection
  public record Table(String id, String title, List<String> columns, List<List<Cell>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** A cell: a text, or a count with the entries that it counts. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ReportCell")
  public record Cell(@Nullable String text, @Nullable Long count, @Nullable String entries) {
    static Cell text(@Nullable String text) {
      return new Cell(text == null ? "" : text, null, null);
    }

    /** What the page shows. */
    public String shown() {
      return count == null ? String.valueOf(text) : count.toString();
    }
  }

  /**
   * What the figures are evidence for, in one article of a rule.
   *
   * @param says what the article asks for, in a few words of ours
   * @param shows what the log is evidence of
   * @param lacks what the article asks for beyond that
   * @param figures the ids of the figures that count
   */
  @RegisterForReflection
  public record Article(
      String framework,
      String article,
      String says,
      String shows,
      String lacks,
      List<String> figures) {
    public Article {
      figures = List.copyOf(figures);
    }
  }
}
