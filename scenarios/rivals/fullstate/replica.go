package fullstate

import (
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/scenarios/replicas"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Replica is one life of a server that pulls the whole state of another. It implements what a
// [replicas.Replica] does.
type Replica struct{ *replicas.Replica }

// NewReplica returns the replica of one life of server self of hosts, as [replicas.NewReplica]
// does. It pulls, whatever the configuration's mode, collects nothing and cuts no answer short.
func NewReplica(config replicas.Config, self node.ID, hosts int, rand rng.Rand) *Replica {
	config.Gossip.Mode = gossip.PullMode
	config.Gossip.Collect = false
	config.Gossip.MaxEntries = 0
	return &Replica{replicas.NewReplica(config, self, hosts, rand)}
}

// Wake implements [node.Machine]. Rounds begin here, and only rounds make calls.
func (r *Replica) Wake(now clock.Time, t node.TimerID, out *node.Out[replicas.Message]) {
	r.Replica.Wake(now, t, out)
	for i := range out.Calls {
		out.Calls[i].Message.Seen.Reset()
	}
}
