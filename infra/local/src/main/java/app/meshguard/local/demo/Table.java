package app.meshguard.local.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text in columns, each as wide as its widest cell; an empty cell is a dash. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  void row(@Nullable String... cells) {
    rows.add(
        Arrays.stream(cells).map(cell -> cell == null || cell.isEmpty() ? "-" : cell).toList());
  }

  @Override
  public String toString() {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (var column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    var text = new StringBuilder();
    for (var index = 0; index < rows.size(); index++) {
      append(text, rows.get(index), widths);
      if (index == 0) {
        append(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      var cell = cells.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
    }
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }
}
