package scenarios

// Design names whose servers a cluster has: ours, or one of those that they are measured against.
// Package rivals has the others, each with what it is known for.
type Design string

const (
	// Ours shares the checks out by rendezvous hashing and spreads a map by gossip.
	Ours Design = "ours"
	// Everyone checks everything, at every server.
	Everyone Design = "everyone"
	// Multicast is what the talk's system replaced: everyone tells everyone everything.
	Multicast Design = "multicast"
	// Leader has one server hand out the work, and others step up when it falls silent.
	Leader Design = "leader"
	// Raft keeps the assignment in a replicated log, as users of etcd, Consul and ZooKeeper do.
	Raft Design = "raft"
	// HashRing is ours with consistent hashing in place of rendezvous.
	HashRing Design = "hashring"
)

// Designs returns all designs, ours last: the order in which tables show them.
func Designs() []Design {
	return []Design{Everyone, Multicast, Leader, Raft, HashRing, Ours}
}

func (d Design) validate() error {
	if d == "" {
		return nil
	}
	return oneOf(d, Designs())
}

// OrOurs is the design that d stands for: the empty one stands for [Ours].
func (d Design) OrOurs() Design {
	if d == "" {
		return Ours
	}
	return d
}
