package app.meshguard.tenant.target;

import app.meshguard.tenant.outbox.Change;
import app.meshguard.tenant.platform.Json;
import app.meshguard.tenant.platform.RequestObject;
import app.meshguard.tenant.platform.RequestRefused;
import app.meshguard.tenant.platform.RowId;
import app.meshguard.tenant.write.Section;
import app.meshguard.tenant.write.Write;
import app.meshguard.wire.Base62;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
                others.forEach(other -> primary(write, other, false));
                row.makePrimary(true);
              }
              write.changed(Section.DIRECTORY);
              write.record(change("target.created", row, null, set(row, Map.of())));
              return rows.persist(row);
            });
  }

  Uni<TargetRow> change(Write write, TargetRow row, RequestObject json) {
    TargetDetails details = row.details().patched(json, urls);
    Map<String, String> before = row.sealedHeaders();
    Object viewBefore = row.view();
    Map<String, String> sealed = headers.read(json, write.tenant(), row.id(), before);
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
                row.makePrimary(true);
                all.stream()
                    .filter(other -> !other.id().equals(row.id()))
                    .forEach(other -> primary(write, other, false));
              }
              write.changed(Section.DIRECTORY);
              write.record(change("target.changed", row, viewBefore, set(row, before)));
              return row;
            });
  }

  /** Deletes; where it was the primary one, the oldest of the others is. */
  Uni<TargetRow> delete(Write write, TargetRow row) {
    return rows.all(write.tenant())
        .invoke(
            all -> {
              write.changed(Section.DIRECTORY);
              write.record(change("target.deleted", row, row.view(), null));
              if (row.primary()) {
                all.stream()
                    .filter(other -> !other.id().equals(row.id()))
                    .findFirst()
                    .ifPresent(oldest -> primary(write, oldest, true));
              }
            })
        .chain(() -> rows.delete(row))
        .replaceWith(row);
  }

  /** Of another target than the one that is written: a change of its own. */
  private static void primary(Write write, TargetRow other, boolean isPrimary) {
    if (other.primary() != isPrimary) {
      TargetView before = other.view();
      other.makePrimary(isPrimary);
      write.record(change("target.changed", other, before, other.view()));
    }
  }

  private static Change change(
      String type, TargetRow row, @Nullable Object before, @Nullable Object after) {
    return new Change(
        type, new Change.Target("target", row.id(), row.details().name()), before, after);
  }

  /** The target with the names of the headers that were given a value: never the value. */
  private static Object set(TargetRow row, Map<String, String> sealedBefore) {
    ObjectNode view = Json.MAPPER.valueToTree(row.view());
    ArrayNode names = view.putArray("headersSet");
    row.sealedHeaders().entrySet().stream()
        .filter(header -> !header.getValue().equals(sealedBefore.get(header.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(names::add);
    return view;
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
