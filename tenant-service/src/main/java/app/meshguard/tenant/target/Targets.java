package app.meshguard.tenant.target;

import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What may be done with targets. A tenant that has any has exactly one primary one. */
@ApplicationScoped
class Targets {
  private static final int MOST = 100;

  private final TargetRows rows;
  private final TargetUrls urls;
  private final InjectedHeaders headers;

  Targets(TargetRows rows, TargetUrls urls, InjectedHeaders headers) {
    this.rows = rows;
    this.urls = urls;
    this.headers = headers;
  }

  Uni<TargetRow> create(Write write, RequestObject json) {
    String id = "target_" + Base62.random(16);
    TargetDetails details = TargetDetails.read(json, urls);
    Map<String, String> sealed = headers.read(json, write.tenant(), id, Map.of());
    Boolean primary = json.flag("primary");
    json.done();
    return rows.all(write.tenant())
        .chain(
            others -> {
              if (others.size() >= MOST) {
                throw RequestRefused.conflict("A tenant may have " + MOST + " targets.");
              }
              refuseTakenName(others, details.name(), id);
              TargetRow row = new TargetRow(RowId.of(write.tenant(), id), write.now());
              row.set(details, sealed, write.now());
              if (others.isEmpty() || Boolean.TRUE.equals(primary)) {
                others.forEach(other -> other.makePrimary(false));
                row.makePrimary(true);
              }
              write.changed(Section.DIRECTORY);
              return rows.persist(row);
            });
  }

  Uni<TargetRow> change(Write write, TargetRow row, RequestObject json) {
    TargetDetails details = row.details().patched(json, urls);
    Map<String, String> sealed = headers.read(json, write.tenant(), row.id(), row.sealedHeaders());
    Boolean primary = json.flag("primary");
    if (Boolean.FALSE.equals(primary) && row.primary()) {
      json.fault("primary", "cannot be taken away; make another target primary");
    }
    json.done();
    return rows.all(write.tenant())
        .map(
            all -> {
              refuseTakenName(all, details.name(), row.id());
              row.set(details, sealed, write.now());
              if (Boolean.TRUE.equals(primary)) {
                all.forEach(other -> other.makePrimary(other.id().equals(row.id())));
              }
              write.changed(Section.DIRECTORY);
              return row;
            });
  }

  /** Deletes; where it was the primary one, the oldest of the others is. */
  Uni<TargetRow> delete(Write write, TargetRow row) {
    return rows.all(write.tenant())
        .invoke(
            all -> {
              write.changed(Section.DIRECTORY);
              if (row.primary()) {
                all.stream()
                    .filter(other -> !other.id().equals(row.id()))
                    .findFirst()
                    .ifPresent(oldest -> oldest.makePrimary(true));
              }
            })
        .chain(() -> rows.delete(row))
        .replaceWith(row);
  }

  private static void refuseTakenName(List<TargetRow> all, String name, String butById) {
    for (TargetRow other : all) {
      if (!other.id().equals(butById) && other.details().name().equals(name)) {
        throw RequestRefused.conflict(
            "There is a target of this name already, "
                + other.id()
                + ". Change it with PATCH /admin/targets/"
                + other.id()
                + ", or give this one another name.");
      }
    }
  }
}
