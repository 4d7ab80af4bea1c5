/** What every feature of the service stands on: parameters, errors as problems, database access. */
@NullMarked
package app.meshguard.audit.platform;

import org.jspecify.annotations.NullMarked;
