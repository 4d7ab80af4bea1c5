package app.meshguard.decision.bundle;

import app.meshguard.wire.TenantId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last good sections on disk: {@code <tenant>/<section>}, the signature in the first line and
 * the exact bytes behind it, so that one file is replaced in one step.
 */
@Singleton
class BundleStore {
  private final Path directory;

  BundleStore(BundleConfig config) {
    this.directory = config.directory();
  }

  List<TenantId> tenants() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<TenantId> tenants = new ArrayList<>();
    try (Stream<Path> folders = Files.list(directory)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        tenants.add(new TenantId(folder.getFileName().toString()));
      }
    }
    return tenants;
  }

  @Nullable SignedSection read(TenantId tenant, SectionName section) throws IOException {
    Path file = file(tenant, section);
    if (!Files.exists(file)) {
      return null;
    }
    byte[] text = Files.readAllBytes(file);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        byte[] body = new byte[text.length - i - 1];
        System.arraycopy(text, i + 1, body, 0, body.length);
        return new SignedSection(body, new String(text, 0, i, StandardCharsets.US_ASCII));
      }
    }
    return null;
  }

  void write(TenantId tenant, SectionName section, SignedSection signed) throws IOException {
    Path file = file(tenant, section);
    Files.createDirectories(file.getParent());
    byte[] signature = signed.signature().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer text = ByteBuffer.allocate(signature.length + 1 + signed.body().length);
    text.put(signature).put((byte) '\n').put(signed.body());
    replace(file, text.array());
  }

  /** Forgets tenants that are no more. */
  void retain(Set<TenantId> living) throws IOException {
    for (TenantId tenant : tenants()) {
      if (!living.contains(tenant)) {
        for (SectionName section : SectionName.values()) {
          Files.deleteIfExists(file(tenant, section));
        }
        Files.deleteIfExists(directory.resolve(tenant.value()));
      }
    }
  }

  byte @Nullable [] readKeys() throws IOException {
    Path file = directory.resolve("jwks.json");
    return Files.exists(file) ? Files.readAllBytes(file) : null;
  }

  void writeKeys(byte[] jwks) throws IOException {
    Files.createDirectories(directory);
    replace(directory.resolve("jwks.json"), jwks);
  }

  private static void replace(Path file, byte[] text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(TenantId tenant, SectionName section) {
    return directory.resolve(tenant.value()).resolve(section.text());
  }
}
