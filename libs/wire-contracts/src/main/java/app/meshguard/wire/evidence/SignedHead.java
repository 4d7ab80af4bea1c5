package app.meshguard.wire.evidence;

/**
 * The head of a log that somebody was shown a signature of.
 *
 * @param origin the log's name
 * @param size how many leaves it had
 * @param root its root then: base64 of 32 bytes
 */
public record SignedHead(String origin, long size, String root) {}
