package app.meshguard.audit.export;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a file ends with: without it, it was cut off.
 *
 * @param entries how many stand in it
 * @param resume what to give as {@code resume} for what comes later
 */
@RegisterForReflection // written to a stream: no resource names it
record ExportEnd(long firstIndex, long lastIndex, long entries, long resume) {}
