package app.meshguard.policy.condition;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A network in CIDR notation. Addresses are literals: nothing is ever looked up. */
final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a network of one.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = addressOf(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address range; write one like '10.0.0.0/8' or '2001:db8::/32'");
    }
    int bits = slash < 0 ? address.length * 8 : prefixLength(text.substring(slash + 1));
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException(
          "'" + text + "' needs a prefix length from 0 to " + address.length * 8);
    }
    return new AddressRange(address, bits);
  }

  private static int prefixLength(String text) {
    return text.length() > 3 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? -1
        : Integer.parseInt(text);
  }

  /** The bytes of a literal address, those of an IPv4 one when it is mapped; null for others. */
  static byte @Nullable [] addressOf(String text) {
    boolean fourParts = text.chars().filter(c -> c == '.').count() == 3;
    if (text.length() > 45 || text.indexOf('%') >= 0 || (text.indexOf(':') < 0 && !fourParts)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The address that the range is written with. */
  String first() {
    try {
      return InetAddress.getByAddress(network).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + network.length + " bytes", e);
    }
  }

  @Override
  public String toString() {
    return first() + "/" + bits;
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int mask = 0xFF00 >> (bits % 8) & 0xFF;
    return bits % 8 == 0 || (address[whole] & mask) == (network[whole] & mask);
  }
}
