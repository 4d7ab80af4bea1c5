package app.meshguard.egress;

import java.io.IOException;

/** A name that leads to where nobody may be led. */
public final class RefusedAddress extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedAddress() {
    super("the name has an address that is not public");
  }
}
