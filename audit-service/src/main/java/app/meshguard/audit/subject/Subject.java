package app.meshguard.audit.subject;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One person of one tenant, without the value that names them.
 *
 * @param paths where to look
 */
public record Subject(Pseudonym pseudonym, List<SubjectPath> paths) {
  public Subject {
    paths = List.copyOf(paths);
  }

  /**
   * The value by which a record is about this person: exactly it stands at one of the paths.
   *
   * @param keys the tenant's keys, with one of which the pseudonym was made
   */
  public Optional<String> in(JsonNode record, List<byte[]> keys) {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    for (SubjectPath path : paths) {
      path.values(
          record,
          value -> {
            if (keys.stream().anyMatch(key -> Pseudonym.of(key, value).equals(pseudonym))) {
              found.set(value);
            }
          });
    }
    return Optional.ofNullable(found.get());
  }

  /** Whether a record is about this person. */
  public boolean isIn(JsonNode record, List<byte[]> keys) {
    return in(record, keys).isPresent();
  }
}
