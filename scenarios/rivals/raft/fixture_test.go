package raft_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/routing"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/raft"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type cluster = world.World[raft.Message]

// trial is a run of servers.
type trial struct {
	servers, origins, configured int
	seed                         uint64
	length                       time.Duration
	faults                       []scenarios.Fault
	codec                        bool
	watch                        *watch
}

func (tr *trial) build(t *testing.T) *cluster {
	config := raft.DefaultConfig()
	config.Config = tr.stationConfig()
	require.NoError(t, config.Validate())
	tr.watch = newWatch(tr.origins)
	spec := world.Spec[raft.Message]{
		Name: "raft", Seed: tr.seed, Hosts: tr.servers, StartSpread: time.Second,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[raft.Message] {
			return raft.New(config, id, rand)
		},
		Size: raft.Size,
		Network: netmodel.Config{
			Latency: netmodel.Uniform(50*time.Microsecond, 500*time.Microsecond), MTU: 1400,
			Bandwidth: 125_000_000,
		},
		Origins: world.Origins{
			Count: tr.origins, Configured: tr.configured,
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: tr.faults, Duration: tr.length, Checkers: []checkers.Checker{tr.watch},
	}
	if tr.codec {
		spec.Codec = &world.Codec[raft.Message]{Append: raft.Append, Parse: raft.Parse}
	}
	return world.New(spec)
}

func (tr *trial) stationConfig() station.Config {
	return station.Config{
		Servers: tr.servers, Origins: tr.origins, Configured: make([]uint16, tr.configured),
		Definitions: []health.Definition{health.DefaultDefinition(), health.DefaultDefinition()},
		Routing:     routing.DefaultConfig(),
		Score:       score,
	}
}

func score(origin uint32, server node.ID) uint64 {
	return rng.Mix(uint64(origin)<<32 | uint64(server))
}

// calm is a trial of six servers and 60 origins that all are configured with.
func calm(length time.Duration) trial {
	return trial{servers: 6, origins: 60, configured: 60, length: length}
}

// server is what runs on a host.
func server(w *cluster, host node.ID) *raft.Server { return w.Machine(host).(*raft.Server) }

func after(s float64) clock.Time { return clock.At(seconds(s).Duration()) }

func seconds(s float64) scenarios.Span { return scenarios.Span(s * float64(time.Second)) }

// watch keeps count of who checks what.
type watch struct {
	by      [][]node.ID // by origin
	since   []clock.Time
	overlap time.Duration // the longest time for which two checked the same
	ready   map[node.ID]clock.Time
}

func newWatch(origins int) *watch {
	return &watch{
		by: make([][]node.ID, origins), since: make([]clock.Time, origins),
		ready: map[node.ID]clock.Time{},
	}
}

func (w *watch) Watches() checkers.Kind { return checkers.Event | checkers.HostDown }

func (w *watch) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	switch {
	case o.Kind == checkers.HostDown:
		for origin := range w.by {
			w.drop(o.At, origin, o.Host)
		}
	case o.Event.Kind == node.CheckBegan:
		w.by[o.Event.Subject] = append(w.by[o.Event.Subject], o.Host)
		if len(w.by[o.Event.Subject]) == 2 {
			w.since[o.Event.Subject] = o.At
		}
	case o.Event.Kind == node.CheckEnded:
		w.drop(o.At, int(o.Event.Subject), o.Host)
	case o.Event.Kind == node.Ready:
		w.ready[o.Host] = o.At
	}
}

func (w *watch) drop(at clock.Time, origin int, host node.ID) {
	for i, other := range w.by[origin] {
		if other == host {
			if len(w.by[origin]) == 2 {
				w.overlap = max(w.overlap, at.Sub(w.since[origin]))
			}
			w.by[origin] = append(w.by[origin][:i], w.by[origin][i+1:]...)
			return
		}
	}
}

// owner is whose an origin is among servers.
func owner(origin int, servers ...node.ID) node.ID {
	best := servers[0]
	for _, s := range servers[1:] {
		if score(uint32(origin), s) > score(uint32(origin), best) {
			best = s
		}
	}
	return best
}

// requireShared checks that the origins are checked by their owners among servers, and by nobody
// else.
func requireShared(t *testing.T, w *watch, servers ...node.ID) {
	for origin, by := range w.by {
		require.Equal(t, []node.ID{owner(origin, servers...)}, by, "origin %d", origin)
	}
}

// requireBelieved checks what servers believe of an origin.
func requireBelieved(
	t *testing.T, w *cluster, origin uint32, status health.Status, servers ...node.ID,
) {
	for _, host := range servers {
		require.Equal(t, status, server(w, host).Status(origin), "server %d, origin %d", host, origin)
	}
}
