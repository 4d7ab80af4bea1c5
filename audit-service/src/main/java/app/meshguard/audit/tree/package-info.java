/**
 * The Merkle tree of a tenant's log in the formats of C2SP: tiles, proofs, signed checkpoints.
 * Pure: it knows neither the database nor HTTP.
 */
@NullMarked
package app.meshguard.audit.tree;

import org.jspecify.annotations.NullMarked;
