/**
 * Decides what an agent may do. {@link app.meshguard.policy.document.PolicyDocuments} reads
 * documents, {@link app.meshguard.policy.PolicySet} compiles those of a tenant, {@link
 * app.meshguard.policy.AgentPolicies} decides the calls of one agent. The packages below know
 * nothing of this one: {@code value} and {@code document} hold what callers see of values and
 * documents, {@code condition} and {@code pattern} are the engine's own.
 */
@NullMarked
package app.meshguard.policy;

import org.jspecify.annotations.NullMarked;
