# The enterprise claims policy as OPA says it.
package meshguard.claims

default decision := "deny"

decision := "allow" if {
	applies
	input.action == "read:claims"
	input.context.department == input.agent.department
}

decision := "allow" if {
	applies
	input.action == "write:claim_approval"
	input.context.amount <= 1000
	input.context.risk_score < 0.5
	count(refusals) == 0
}

applies if {
	some tag in input.agent.tags
	tag in {"claims-processing", "enterprise"}
}

refusals contains "Claims $1K-$10K require supervisor review" if {
	input.action == "write:claim_approval"
	input.context.amount > 1000
	input.context.amount <= 10000
}

refusals contains "Claims over $10K require manual processing" if {
	input.action == "write:claim_approval"
	input.context.amount > 10000
}
