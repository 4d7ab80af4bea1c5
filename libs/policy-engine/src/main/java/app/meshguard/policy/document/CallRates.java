package app.meshguard.policy.document;

import java.time.Duration;

/** A limit on all calls of an agent: at most so many in any window of that length. */
public record CallRates(String name, long limit, Duration window) {}
