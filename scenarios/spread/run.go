package spread

import (
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Trial is how one write spread.
type Trial struct {
	// Informed is when each server had the write, ascending, by the time since server 0 wrote it.
	// Divided by [Period] it is in periods, and with aligned timers it is a whole number of rounds.
	Informed []time.Duration
}

// Completed is when the last server was informed.
func (t Trial) Completed() time.Duration { return t.Informed[len(t.Informed)-1] }

// Run plays one world until all servers are informed. It is a pure function of the plan, which must
// be valid, and the seed; any number may be played at once.
func Run(p Plan, seed uint64) Trial {
	watch := informed{at: make([]time.Duration, 0, p.Servers)}
	w := world.New(p.spec(seed, &watch))
	for len(watch.at) < p.Servers {
		w.Advance(w.Now().Add(Period))
	}
	if p.Timer == gossip.Aligned {
		watch.roundUp()
	}
	return Trial{Informed: watch.at}
}

func (p *Plan) spec(seed uint64, watch *informed) world.Spec[replicas.Message] {
	config := replicas.Config{Gossip: p.gossip()}
	return world.Spec[replicas.Message]{
		Name: "spread", Seed: seed, Hosts: p.Servers,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[replicas.Message] {
			replica := replicas.NewReplica(config, id, p.Servers, rand)
			if id == 0 {
				return source{replica}
			}
			return replica
		},
		Network:   netmodel.Config{Latency: netmodel.Constant(p.latency()), CallLoss: p.Loss},
		KeepAlive: true,
		GoesOn:    func(m *replicas.Message) bool { return m.Kind == gossip.Push },
		Duration:  longest,
		Checkers:  []checkers.Checker{watch},
	}
}

// longest is never reached: at [mostLoss] a million servers take some thousand periods.
const longest = 1 << 20 * Period

// gossip is how the servers of the plan gossip.
func (p *Plan) gossip() gossip.Config {
	return gossip.Config{
		Mode: p.Mode, FanOut: p.FanOut, Timer: p.Timer, Period: Period,
		// A contact that has failed gives its place back as soon as one that has not.
		Timeout: 2*p.latency() + 1,
	}
}

// latency is the time of one trip. Synchronous rounds need some, so that all requests of a round
// are on their way before any of its answers changes what they are about to ask; and a contact is
// over a moment before the next round begins.
func (p *Plan) latency() time.Duration {
	if p.Timer == gossip.Aligned {
		return Period / 1000
	}
	return min(Period*time.Duration(p.Latency)/time.Duration(rng.Always),
		(Period-1)/time.Duration(p.trips()))
}

// source is the server that writes.
type source struct{ *replicas.Replica }

// Start implements [node.Machine].
func (s source) Start(now clock.Time, saved []byte, out *node.Out[replicas.Message]) {
	s.Replica.Start(now, saved, out)
	s.Write(0, out)
}

// informed notes when servers have the write: each says once that its map has changed, for there is
// nothing else to change it.
type informed struct{ at []time.Duration }

func (i *informed) Watches() checkers.Kind { return checkers.Event }

func (i *informed) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	if o.Event.Kind == node.MapChanged {
		i.at = append(i.at, o.At.Since())
	}
}

// roundUp replaces moments by the ends of the rounds they are in.
func (i *informed) roundUp() {
	for k, at := range i.at {
		i.at[k] = (at + Period - 1) / Period * Period
	}
}
