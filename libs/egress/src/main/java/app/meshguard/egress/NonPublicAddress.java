package app.meshguard.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that no service of ours must be led to: everything that IANA does not list as globally
 * reachable, and the ranges that carry an IPv4 address inside. Java's own predicates miss many.
 */
public final class NonPublicAddress {
  private static final List<Range> RANGES =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** Of IPv6, only this is given out for global use; all else is refused. */
  private static final Range GLOBAL_UNICAST = Range.of("2000::/3");

  private record Range(byte[] network, int bits) {
    static Range of(String text) {
      int slash = text.indexOf('/');
      try {
        return new Range(
            InetAddress.getByName(text.substring(0, slash)).getAddress(),
            Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0;
    }
  }

  private NonPublicAddress() {}

  private static List<Range> ranges(String... texts) {
    return Arrays.stream(texts).map(Range::of).toList();
  }

  /** Whether no call may go there. An IPv4 address mapped into IPv6 comes as IPv4 from Java. */
  public static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 16 && !GLOBAL_UNICAST.contains(bytes)) {
      return true;
    }
    return RANGES.stream().anyMatch(range -> range.contains(bytes));
  }
}
