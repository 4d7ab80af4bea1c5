/** What a benchmark found: figures, ratios and bars, as a printed table and as JSON. */
@NullMarked
package app.meshguard.bench.report;

import org.jspecify.annotations.NullMarked;
