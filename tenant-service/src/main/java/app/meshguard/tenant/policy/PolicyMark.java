package app.meshguard.tenant.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What stands of a policy in a record of a change: revisions by number and digest. Their text is
 * kept for ever, at {@code /admin/policies/{name}/versions/{revision}}.
 *
 * @param status {@code draft}, {@code in_force} or {@code deleted}
 * @param revision the one in force, or the last that was; absent when none ever was
 * @param newest the newest that is stored
 * @param canary what a share of the agents gets
 */
@RegisterForReflection(ignoreNested = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyMark(
    String status, @Nullable Text revision, @Nullable Text newest, @Nullable Canary canary) {

  /**
   * A revision.
   *
   * @param sha256 of its text in UTF-8
   */
  record Text(int number, @Nullable String sha256) {}

  /** A revision that a share of the agents gets instead. */
  record Canary(Text revision, int percent) {}
}
