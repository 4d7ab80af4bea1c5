package app.meshguard.decision.receipt;

import app.meshguard.decision.evidence.JournalDirectory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the journal's key when the service starts. */
class ReceiptBeans {

  @Produces
  @Singleton
  ReceiptKey key(
      JournalDirectory directory,
      @ConfigProperty(name = "meshguard.log.origin", defaultValue = "meshguard.local")
          String prefix)
      throws IOException {
    return ReceiptKey.of(directory, prefix);
  }
}
