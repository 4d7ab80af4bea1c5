package app.meshguard.decision.bundle;

import app.meshguard.wire.Base62;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The name of this replica: how the feed knows it, and who decided in each record. */
@Singleton
public class Replica {
  private final String id;

  Replica(@ConfigProperty(name = "meshguard.replica") Optional<String> name) {
    this.id = name.orElseGet(() -> "decision-" + Base62.random(8));
    if (!id.matches("[0-9A-Za-z._:-]{1,128}")) {
      throw new IllegalArgumentException(
          "meshguard.replica must be 1 to 128 of 0-9 A-Z a-z . _ : -");
    }
  }

  public String id() {
    return id;
  }
}
