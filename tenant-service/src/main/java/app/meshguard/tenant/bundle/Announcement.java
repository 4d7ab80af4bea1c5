package app.meshguard.tenant.bundle;

import app.meshguard.tenant.platform.Json;
import app.meshguard.wire.bundle.FeedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells every replica of this service of a change, when and only when its transaction commits. */
@ApplicationScoped
public class Announcement {
  public Uni<Void> announce(Mutiny.Session session, FeedEvent event) {
    return session
        .createNativeQuery("select cast(pg_notify(?1, ?2) as text)", String.class)
        .setParameter(1, Channels.CHANGES)
        .setParameter(2, Json.write(event))
        .getSingleResultOrNull()
        .replaceWithVoid();
  }
}
