package app.meshguard.bench.report;

/** One measured value. */
public record Figure(String name, double value, String unit) {}
