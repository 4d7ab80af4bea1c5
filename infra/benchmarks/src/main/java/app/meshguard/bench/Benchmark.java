package app.meshguard.bench;

import app.meshguard.bench.report.Report;

/** One thing that can be measured by name. */
public interface Benchmark {
  /** One line for the list of names. */
  String description();

  void run(BenchOptions options, Report report) throws Exception;
}
