/** What the tests of several services need: a database each, and the keys of a deployment. */
@NullMarked
package app.meshguard.testsupport;

import org.jspecify.annotations.NullMarked;
