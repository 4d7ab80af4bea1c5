package app.meshguard.decision.bundle;

import app.meshguard.identity.TrustedServices;
import app.meshguard.wire.TenantId;
import app.meshguard.wire.bundle.DirectorySection;
import app.meshguard.wire.bundle.FeedEvent;
import app.meshguard.wire.bundle.Heartbeat;
import app.meshguard.wire.bundle.PoliciesSection;
import app.meshguard.wire.bundle.RevocationsSection;
import app.meshguard.wire.bundle.Versions;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Reads what the tenant-service publishes: only what it signed, and only formats that we know. */
@Singleton
class SectionReader {
  private static final int FORMAT = 1;

  /** Numbers stay exact; a field that a later release adds is not ours to judge. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final TrustedServices trusted;

  SectionReader(TrustedServices trusted) {
    this.trusted = trusted;
  }

  PoliciesSection policies(TenantId tenant, SignedSection signed) throws IOException {
    PoliciesSection section = read(signed, PoliciesSection.class);
    verify(tenant, section.tenantId(), section.format());
    return section;
  }

  DirectorySection directory(TenantId tenant, SignedSection signed) throws IOException {
    DirectorySection section = read(signed, DirectorySection.class);
    verify(tenant, section.tenantId(), section.format());
    return section;
  }

  RevocationsSection revocations(TenantId tenant, SignedSection signed) throws IOException {
    RevocationsSection section = read(signed, RevocationsSection.class);
    verify(tenant, section.tenantId(), section.format());
    return section;
  }

  Versions versions(byte[] body) throws IOException {
    return MAPPER.readValue(body, Versions.class);
  }

  FeedEvent change(String data) throws IOException {
    return MAPPER.readValue(data, FeedEvent.class);
  }

  Heartbeat heartbeat(String data) throws IOException {
    return MAPPER.readValue(data, Heartbeat.class);
  }

  private <T> T read(SignedSection signed, Class<T> type) throws IOException {
    if (!trusted.signed("tenant-service", signed.body(), signed.signature())) {
      throw new IOException("a section is not signed by the tenant-service");
    }
    return MAPPER.readValue(signed.body(), type);
  }

  private static void verify(TenantId asked, TenantId got, int format) throws IOException {
    if (!asked.equals(got)) {
      throw new IOException("asked for a section of " + asked + " and got one of " + got);
    }
    if (format != FORMAT) {
      throw new IOException("a section of format " + format + ", this release knows " + FORMAT);
    }
  }
}
