package world_test

import (
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// nurse does what a health check costs at the least and nothing else: it goes round its origins
// once a second, one alarm and one probe at a time, and counts the answers.
type nurse struct {
	origins []uint32 // its own
	next    int
	token   uint64
	healthy int
}

func (n *nurse) Start(now clock.Time, _ []byte, out *node.Out[ping]) { n.arm(now, out) }

func (n *nurse) arm(now clock.Time, out *node.Out[ping]) {
	out.Alarm(0, now.Add(time.Second/time.Duration(len(n.origins))))
}

func (n *nurse) Wake(now clock.Time, _ node.TimerID, out *node.Out[ping]) {
	n.token++
	out.Probe(node.Probe{Origin: n.origins[n.next], Token: n.token, Timeout: time.Second / 2})
	n.next++
	if n.next == len(n.origins) {
		n.next = 0
	}
	n.arm(now, out)
}

func (n *nurse) Receive(clock.Time, node.ID, *ping, *node.Out[ping]) {}

func (n *nurse) Probed(_ clock.Time, result node.ProbeResult, _ *node.Out[ping]) {
	if result.Outcome == node.Succeeded {
		n.healthy++
	}
}

// nurses returns the spec of a data centre in which each origin has one server to check it.
func nurses(hosts, origins int) world.Spec[ping] {
	return world.Spec[ping]{
		Name: "nurses", Seed: 7, Hosts: hosts, StartSpread: time.Second, Duration: 1000 * time.Hour,
		Machine: func(self node.ID, _ rng.Rand) node.Machine[ping] {
			n := &nurse{}
			for o := uint32(self); o < uint32(origins); o += uint32(hosts) {
				n.origins = append(n.origins, o)
			}
			return n
		},
		Origins: world.Origins{
			Count: origins, RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Checkers: []checkers.Checker{&onlooker{}},
	}
}
