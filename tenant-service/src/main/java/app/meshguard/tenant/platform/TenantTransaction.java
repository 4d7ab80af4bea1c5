package app.meshguard.tenant.platform;

import app.meshguard.wire.TenantId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The one place that sets the tenant for the database: local to a transaction, so that a pooled
 * connection cannot carry it into another's.
 */
@ApplicationScoped
public class TenantTransaction {

  /** Runs {@code work} in a transaction that sees and writes rows of {@code tenant} alone. */
  public <T> Uni<T> run(TenantId tenant, Function<Mutiny.Session, Uni<T>> work) {
    return Panache.withTransaction(
        () ->
            Panache.getSession()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select set_config('meshguard.tenant', ?1, true)", String.class)
                            .setParameter(1, tenant.value())
                            .getSingleResult()
                            .chain(set -> work.apply(session))));
  }
}
