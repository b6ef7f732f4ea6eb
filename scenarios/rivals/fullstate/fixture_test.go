package fullstate

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/wire"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const (
	hosts  = 6
	keys   = 60
	period = time.Second
	trip   = time.Millisecond
)

type spec = world.Spec[replicas.Message]

// newConfig is one of replicas that write until 40 seconds are over, so many a second.
func newConfig(writes int) replicas.Config {
	g := gossip.DefaultConfig()
	g.Period, g.Timeout, g.Collect = period, period/2, false
	config := replicas.Config{Gossip: g, Workload: replicas.Workload{Keys: keys, Filled: true}}
	if writes > 0 {
		config.Workload.Interval = time.Second / time.Duration(writes)
		config.Workload.Removals = rng.Percent(20)
		config.Workload.Until = clock.At(40 * time.Second)
	}
	return config
}

// group is a world of replicas, and what they hold.
type group struct {
	*world.World[replicas.Message]
	replicas []*replicas.Replica // the latest life of each
}

// newGroup builds a quiet data centre of replicas that exchange full states, or pull what they
// lack.
func newGroup(config replicas.Config, full bool, change func(*spec)) *group {
	g := &group{replicas: make([]*replicas.Replica, hosts)}
	s := spec{
		Name: "fullstate", Seed: 1, Hosts: hosts, Size: wire.SizeReplica, Duration: time.Minute,
		Network:   netmodel.Config{Latency: netmodel.Constant(trip)},
		KeepAlive: true,
		Machine: func(self node.ID, rand rng.Rand) node.Machine[replicas.Message] {
			if full {
				r := NewReplica(config, self, hosts, rand)
				g.replicas[self] = r.Replica
				return r
			}
			g.replicas[self] = replicas.NewReplica(config, self, hosts, rand)
			return g.replicas[self]
		},
	}
	change(&s)
	g.World = world.New(s)
	return g
}

func quiet(*spec) {}
