package app.meshguard.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Finds the address that a call goes to, once: what was tested is what is connected to. */
public final class Destination {
  private Destination() {}

  /**
   * The address of a name. It may take as long as a resolver does.
   *
   * @param allowPrivate for the local stack and self-hosting: any address will do
   */
  public static InetAddress of(String host, boolean allowPrivate)
      throws UnknownHostException, RefusedAddress {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (!allowPrivate && Arrays.stream(addresses).anyMatch(NonPublicAddress::is)) {
      throw new RefusedAddress();
    }
    return addresses[0];
  }
}
