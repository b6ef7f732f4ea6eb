package spread

import (
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/wire"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/rivals/fullstate"
	"butterfly/scenarios/rivals/multicast"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Design is who sends what to whom so that all servers know of all updates.
type Design uint8

const (
	// Pull, Push and PushPull gossip the map: an update is a write to it.
	Pull Design = iota
	Push
	PushPull
	// FullState pulls the whole map each time, see [fullstate].
	FullState
	// BatchedMulticast sends every result to every server, those of a [Period] together in as few
	// datagrams as they fit into: what could be saved without giving up the design.
	BatchedMulticast
	// Multicast sends every result to every server at once, see [multicast].
	Multicast
)

// Designs returns all designs.
func Designs() []Design {
	return []Design{Pull, Push, PushPull, FullState, BatchedMulticast, Multicast}
}

func (d Design) String() string {
	switch d {
	case Pull:
		return "pull"
	case Push:
		return "push"
	case PushPull:
		return "push-pull"
	case FullState:
		return "full state"
	case BatchedMulticast:
		return "batched multicast"
	case Multicast:
		return "multicast"
	}
	return "design?"
}

// Cost is what a design sends under a load in the steady state, headers of IP, UDP and TCP not
// counted. A message is a datagram, a request or a reply.
type Cost struct {
	Design Design
	Load   Load
	// MessagesPerUpdate and BytesPerUpdate are what all servers send while updates happen, for each
	// of them: what they would send anyway is in it. Updates happen at random, and with the same load
	// and seed in all designs the same number of them.
	MessagesPerUpdate, BytesPerUpdate float64
	// BytesPerNodeSecond is what a server sends in a second, on average.
	BytesPerNodeSecond float64
	// IdleBytesPerNodeSecond is the same while there are results but no updates.
	IdleBytesPerNodeSecond float64
}

// Compare measures all designs under a load, in the order of [Designs].
func Compare(l Load, seed uint64) (costs []Cost) {
	for _, d := range Designs() {
		costs = append(costs, Measure(d, l, seed))
	}
	return costs
}

// Measure returns what a design costs under a load, which must be valid. It is a pure function of
// them and the seed.
func Measure(d Design, l Load, seed uint64) Cost {
	busy := d.play(l, seed, true)
	idle := busy // multicast sends all results, whether or not one of them is an update
	if d.gossips() {
		idle = d.play(l, seed, false)
	}
	updates := float64(max(1, busy.updates)) // of one a second there may be none, by bad luck
	return Cost{
		Design: d, Load: l,
		MessagesPerUpdate:      float64(busy.messages) / updates,
		BytesPerUpdate:         float64(busy.bytes) / updates,
		BytesPerNodeSecond:     busy.perNodeSecond(l.Servers),
		IdleBytesPerNodeSecond: idle.perNodeSecond(l.Servers),
	}
}

// A run begins with all keys written, and is measured when everybody knows of them and has settled.
const (
	settling  = 20 * Period
	measuring = 10 * Period
)

// traffic is what all servers sent while it was measured.
type traffic struct{ messages, bytes, updates uint64 }

func (t traffic) perNodeSecond(servers int) float64 {
	return float64(t.bytes) / (float64(servers) * measuring.Seconds())
}

func (d Design) gossips() bool { return d < BatchedMulticast }

// play runs a design with updates or without.
func (d Design) play(l Load, seed uint64, updates bool) traffic {
	if d.gossips() {
		return d.playReplicas(l, seed, updates)
	}
	return d.playMulticast(l, seed)
}

func (d Design) playReplicas(l Load, seed uint64, updates bool) traffic {
	config := d.replicas(&l, updates)
	return countReplicas(seed, l.Servers, func(id node.ID, rand rng.Rand) machine {
		if d == FullState {
			return fullstate.NewReplica(config, id, l.Servers, rand)
		}
		return replicas.NewReplica(config, id, l.Servers, rand)
	})
}

type machine = node.Machine[replicas.Message]

// countReplicas is [count] for servers that have a map, with their writes as the updates.
func countReplicas(seed uint64, servers int, start func(node.ID, rng.Rand) machine) traffic {
	writes := &writes{}
	sent := count(world.Spec[replicas.Message]{
		Seed: seed, Hosts: servers, Size: wire.SizeReplica, Machine: start,
		Checkers: []checkers.Checker{writes},
	})
	sent.updates = writes.count
	return sent
}

// replicas is how the servers of a design that has a map are configured.
func (d Design) replicas(l *Load, updates bool) replicas.Config {
	config := replicas.Config{
		Gossip:   gossip.DefaultConfig(),
		Workload: replicas.Workload{Keys: l.Keys, Filled: true},
	}
	config.Gossip.Period, config.Gossip.Timeout = Period, Period/2
	switch d {
	case Push:
		config.Gossip.Mode = gossip.PushMode
	case PushPull:
		config.Gossip.Mode = gossip.PushPullMode
	}
	if updates {
		config.Workload.Interval = l.betweenUpdates()
		config.Workload.Until = clock.At(settling + measuring)
	}
	return config
}

// playMulticast plays servers that do not care which of their results are updates.
func (d Design) playMulticast(l Load, seed uint64) traffic {
	config := multicast.Config{Keys: l.Keys, Interval: l.Interval}
	if d == BatchedMulticast {
		config.Batch = Period
	}
	sent := count(world.Spec[multicast.Message]{
		Seed: seed, Hosts: l.Servers, Size: multicast.Size,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[multicast.Message] {
			return multicast.NewServer(config, id, l.Servers, rand)
		},
	})
	sent.updates = updatesOf(l, seed)
	return sent
}

// updatesOf is how many updates a load brings while it is measured: those of servers that write as
// if they gossiped, and keep it to themselves. Writes are a matter of luck, and all designs are to
// have the same of a load and a seed.
func updatesOf(l Load, seed uint64) uint64 {
	config := Pull.replicas(&l, true)
	config.Gossip.Period = time.Hour
	return countReplicas(seed, l.Servers, func(id node.ID, rand rng.Rand) machine {
		return replicas.NewReplica(config, id, l.Servers, rand)
	}).updates
}

// count plays a world of a data centre and returns what its servers send while it is measured.
func count[M any](spec world.Spec[M]) traffic {
	spec.Name, spec.Duration = "cost", settling+measuring
	spec.Network = netmodel.Config{Latency: netmodel.Constant(time.Millisecond)}
	spec.KeepAlive = true
	w := world.New(spec)
	w.Advance(clock.At(settling))
	before := w.Result()
	after := w.Run()
	return traffic{
		messages: after.Messages - before.Messages, bytes: after.Bytes - before.Bytes,
	}
}

// writes counts the writes while it is measured.
type writes struct{ count uint64 }

func (w *writes) Watches() checkers.Kind { return checkers.Event }

func (w *writes) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	if o.Event.Kind == node.Wrote && o.At > clock.At(settling) {
		w.count++
	}
}
