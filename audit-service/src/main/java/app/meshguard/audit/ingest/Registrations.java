package app.meshguard.audit.ingest;

import app.meshguard.audit.platform.Refused;
import app.meshguard.wire.ProblemCode;
import app.meshguard.wire.evidence.JournalRegistration;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads what a replica says of itself; older ones say nothing, newer ones may say more. */
final class Registrations {
  private static final int LONGEST_KEY = 1_024;
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(JournalRegistration.class);

  private Registrations() {}

  static JournalRegistration read(byte[] body) {
    if (body.length == 0) {
      return new JournalRegistration(null, null);
    }
    JournalRegistration said;
    try {
      said = READER.readValue(body);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw invalid("The registration is not the JSON object that is documented.");
    }
    if (said == null) {
      throw invalid("The registration is null: send an object, or nothing.");
    }
    if (said.receiptKey() != null
        && (said.receiptKey().length() > LONGEST_KEY || said.receiptKey().indexOf('\0') >= 0)) {
      throw invalid("The receiptKey is not a verifier key.");
    }
    return said;
  }

  private static Refused invalid(String detail) {
    return new Refused(ProblemCode.INVALID_REQUEST, detail);
  }
}
