package app.meshguard.bench;

import java.nio.file.Path;

/**
 * How a benchmark was asked for.
 *
 * @param state folder for everything that stays on disk, {@code .meshguard} at the project's root
 * @param peers also measure the other policy engines
 */
public record BenchOptions(Path state, boolean peers) {}
