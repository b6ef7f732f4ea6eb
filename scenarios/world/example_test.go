package world_test

import (
	"fmt"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Five servers count their visitors, each its own, and every one of them is to know the total.
// There is no leader: each tells all others, ten times a second.

const servers = 5

// tally is what a server knows, and the only message: how many visitors each server has had.
type tally [servers]uint8

// counter is one server.
type counter struct {
	self node.ID
	seen tally
	// adds selects the tempting protocol: tell others the news, and add up what you are told. The
	// other one: tell them all you know, and believe the larger number (a grow-only counter).
	adds bool
}

const (
	visitor = node.UserEvents + iota // somebody came
	counted                          // this server now counts A visitors in all
)

func (c *counter) Start(now clock.Time, saved []byte, out *node.Out[tally]) {
	copy(c.seen[:], saved)
	out.Alarm(0, now.Add(100*time.Millisecond))
}

func (c *counter) Wake(now clock.Time, _ node.TimerID, out *node.Out[tally]) {
	var news tally
	if now < clock.At(15*time.Second) {
		news[c.self] = 1
		c.seen[c.self]++
		out.Emit(node.Event{Kind: visitor})
		c.changed(out)
	}
	tell := c.seen
	if c.adds {
		tell = news
	}
	for peer := range node.ID(servers) {
		if peer != c.self {
			*out.Send(peer) = tell
		}
	}
	out.Alarm(0, now.Add(100*time.Millisecond))
}

func (c *counter) Receive(_ clock.Time, _ node.ID, told *tally, out *node.Out[tally]) {
	for i := range told {
		if c.adds {
			c.seen[i] += told[i]
		} else {
			c.seen[i] = max(c.seen[i], told[i])
		}
	}
	c.changed(out)
}

func (c *counter) changed(out *node.Out[tally]) {
	total := uint64(0)
	for _, visitors := range c.seen {
		total += uint64(visitors)
	}
	out.Emit(node.Event{Kind: counted, A: total})
	out.Save(c.seen[:])
}

// promises returns what the counters are judged by. They are watched through the events they emit.
func promises() []checkers.Checker {
	visitors, counts := uint64(0), [servers]uint64{}
	neverTooMany := func(o *checkers.Observation, _ checkers.View) error {
		switch o.Event.Kind {
		case visitor:
			visitors++
		case counted:
			counts[o.Host] = o.Event.A
		}
		if count := counts[o.Host]; count > visitors {
			return fmt.Errorf("server %d counts %d visitors, there were %d", o.Host, count, visitors)
		}
		return nil
	}
	allCounted := func(checkers.View) error {
		for id, count := range counts {
			if count != visitors {
				return fmt.Errorf("server %d counts %d visitors, there were %d", id, count, visitors)
			}
		}
		return nil
	}
	return []checkers.Checker{
		checkers.Always("never-too-many", checkers.Event, neverTooMany),
		checkers.Eventually("all-counted", allCounted),
	}
}

func spec(adds bool, network netmodel.Config, faults ...scenarios.Fault) world.Spec[tally] {
	return world.Spec[tally]{
		Name: "visitors", Seed: 2026, Hosts: servers, Duration: 20 * time.Second,
		Machine: func(self node.ID, _ rng.Rand) node.Machine[tally] {
			return &counter{self: self, adds: adds}
		},
		Network: network, Faults: faults, Checkers: promises(),
	}
}

func second(s int) scenarios.Span { return scenarios.Span(time.Duration(s) * time.Second) }

// A protocol of one's own, under faults, judged by checkers of one's own. What adds up passes as
// long as nothing goes wrong; the first duplicated datagram gives it away.
func Example() {
	latency := netmodel.Uniform(1*time.Millisecond, 20*time.Millisecond)
	calm := netmodel.Config{Latency: latency}
	rough := netmodel.Config{Latency: latency, Loss: rng.Percent(1), Duplicate: rng.Percent(1)}
	faults := []scenarios.Fault{
		{Kind: scenarios.Crash, At: second(3), For: second(4), Hosts: []node.ID{1}, Keep: true},
		{Kind: scenarios.Partition, At: second(8), For: second(5), Hosts: []node.ID{0, 4}},
	}

	show("adding up, calm", world.New(spec(true, calm)).Run())
	show("adding up, rough", world.New(spec(true, rough, faults...)).Run())
	show("larger number, rough", world.New(spec(false, rough, faults...)).Run())

	// Output:
	// adding up, calm: pass
	// adding up, rough: fail
	//   never-too-many at 2.410s: server 4 counts 121 visitors, there were 120
	//   all-counted at 20.000s: server 0 counts 553 visitors, there were 704
	// larger number, rough: pass
}

func show(title string, r *world.Result) {
	fmt.Printf("%s: %s\n", title, r.Verdict)
	for _, v := range r.Violations {
		fmt.Printf("  %s at %v: %s\n", v.Property, v.At, v.Detail)
	}
}
