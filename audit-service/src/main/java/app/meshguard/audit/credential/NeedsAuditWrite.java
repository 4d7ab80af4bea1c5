package app.meshguard.audit.credential;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Only who may do everything in a tenant may call this: it ends or keeps evidence, or sends it
 * elsewhere, and none of the thirteen permissions says that alone.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NeedsAuditWrite {}
