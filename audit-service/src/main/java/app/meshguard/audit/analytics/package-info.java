/** Answers how decisions go over hours and days, for the tenant's charts. */
@NullMarked
package app.meshguard.audit.analytics;

import org.jspecify.annotations.NullMarked;
