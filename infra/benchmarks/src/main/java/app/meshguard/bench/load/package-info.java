/** A load generator over HTTP/1.1 that leaves the machine to the service it measures. */
@NullMarked
package app.meshguard.bench.load;

import org.jspecify.annotations.NullMarked;
