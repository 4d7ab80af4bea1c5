/**
 * What a tenant shows to whoever does not believe us: checkpoints, keys, proofs, tiles, openings.
 */
@NullMarked
package app.meshguard.audit.proof;

import org.jspecify.annotations.NullMarked;
