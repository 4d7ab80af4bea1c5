package app.meshguard.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that one run found. */
public final class Report {
  private final String name;
  private final Machine machine;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Figure> ratios = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public Report(String name, Machine machine) {
    this.name = name;
    this.machine = machine;
  }

  public void figure(String figure, double value, String unit) {
    figures.add(new Figure(figure, rounded(value), unit));
  }

  public void ratio(String ratio, double value) {
    ratios.add(new Figure(ratio, rounded(value), "x"));
  }

  public void bar(Bar bar) {
    bars.add(new Bar(bar.name(), rounded(bar.value()), bar.limit(), bar.unit(), bar.met()));
  }

  public void note(String note) {
    notes.add(note);
  }

  /** What people read. */
  public String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s on %d x %s, %d MiB, %s, %s, force to disk %.0f us%n%n",
            name,
            machine.cores(),
            machine.cpu(),
            machine.memoryMiB(),
            machine.system(),
            machine.jdk(),
            machine.forceMicros()));
    figures.forEach(figure -> row(out, figure));
    if (!ratios.isEmpty()) {
      out.append(System.lineSeparator());
      ratios.forEach(ratio -> row(out, ratio));
    }
    out.append(System.lineSeparator());
    for (Bar bar : bars) {
      out.append(
          String.format(
              Locale.ROOT,
              "  %-60s %14s %-6s bar %s: %s%n",
              bar.name(),
              text(bar.value()),
              bar.unit(),
              text(bar.limit()),
              bar.met() ? "met" : "MISSED"));
    }
    notes.forEach(note -> out.append(String.format(Locale.ROOT, "  note: %s%n", note)));
    return out.toString();
  }

  /** Writes {@code <directory>/<name>.json}, what programs read. */
  public Path writeTo(Path directory) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("name", name);
    content.put("machine", machine);
    content.put("figures", figures);
    content.put("ratios", ratios);
    content.put("bars", bars);
    content.put("notes", notes);
    Files.createDirectories(directory);
    Path file = directory.resolve(name + ".json");
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.write(file, json.writeValueAsBytes(content));
    return file;
  }

  private static void row(StringBuilder out, Figure figure) {
    out.append(
        String.format(
            Locale.ROOT, "  %-60s %14s %s%n", figure.name(), text(figure.value()), figure.unit()));
  }

  private static String text(double value) {
    return value >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Digits that no measurement of ours can vouch for are left out. */
  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
