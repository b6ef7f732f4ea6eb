package live

import "butterfly/node"

// sentenceOf says in the log what has happened; the attributes say to whom.
func sentenceOf(kind node.EventKind) string {
	switch kind {
	case node.Ready:
		return "this node takes part in the checking"
	case node.Refuted:
		return "this node answered a suspicion"
	case node.Yielded:
		return "this node stops: another life uses its number"
	case node.NetworkLost:
		return "this node takes its own network to be down"
	case node.NetworkFound:
		return "this node trusts its network again"
	case node.MemberAlive:
		return "a member is alive"
	case node.MemberSuspect:
		return "a member is suspected"
	case node.MemberDead:
		return "a member is dead"
	case node.MemberLeft:
		return "a member left"
	case node.MemberForgotten:
		return "a member is forgotten"
	case node.ProbeFailed:
		return "a member did not answer"
	case node.CheckBegan:
		return "this node begins to check an origin"
	case node.CheckEnded:
		return "this node checks an origin no more"
	case node.HealthChanged:
		return "an origin changed by this node's own probes"
	case node.Believed:
		return "an origin changed"
	case node.Routed:
		return "requests to an origin begin or end"
	case node.OriginLearned:
		return "an origin is to be checked"
	case node.OriginForgotten:
		return "an origin is not to be checked any more"
	}
	return kind.String()
}
