/** Reports for auditors: figures of a period, each with the entries it counts. */
@NullMarked
package app.meshguard.audit.report;

import org.jspecify.annotations.NullMarked;
