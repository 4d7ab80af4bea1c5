package app.meshguard.bench;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How a benchmark was asked for.
 *
 * @param state folder for everything that stays on disk, {@code .meshguard} at the project's root
 * @param peers also measure the other policy engines
 * @param entries how many entries a log is to have; each benchmark has its own usual number
 */
public record BenchOptions(Path state, boolean peers, OptionalLong entries) {}
