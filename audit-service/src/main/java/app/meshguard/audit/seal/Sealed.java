package app.meshguard.audit.seal;

/**
 * A record as the log keeps it; the arrays are not copied, nobody changes them.
 *
 * @param leaf what is hashed
 * @param leafHash SHA-256 of a zero byte and the leaf (RFC 9162)
 * @param seed version of the master key, and 32 random bytes that make key and salt
 * @param payload the record, AES-256-GCM
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: carried from here to the insert
public record Sealed(byte[] leaf, byte[] leafHash, byte[] seed, byte[] payload) {}
