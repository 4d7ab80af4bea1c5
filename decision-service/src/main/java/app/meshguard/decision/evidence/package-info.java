/**
 * The record of each decision on stable storage before its answer: a journal with group commit, and
 * the shipper that brings it to the audit-service.
 */
@NullMarked
package app.meshguard.decision.evidence;

import org.jspecify.annotations.NullMarked;
