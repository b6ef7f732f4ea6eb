package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/health"
)

// told is what somebody knows of an origin who only reads the events.
type told struct {
	known, checked bool
	status         uint64
}

func (o *told) read(t *rapid.T, e node.Event) {
	switch e.Kind {
	case node.OriginLearned:
		o.known = true
	case node.OriginForgotten:
		o.known = false
	case node.CheckBegan, node.CheckEnded:
		require.True(t, o.known, "invariant 1")
		require.Equal(t, e.Kind == node.CheckEnded, o.checked)
		o.checked = !o.checked
	case node.Believed:
		require.NotEqual(t, o.status, e.A, "a change")
		require.True(t, o.known, "invariant 2")
		o.status = e.A
	}
}

// Whatever a design does: the events tell all that there is to know, and what is checked is known.
func TestTheEventsTellEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk(6)
		d.Peers(rapid.IntRange(0, 1).Draw(t, "peers"))
		d.answer = func(p node.Probe) (node.Outcome, bool) {
			luck := uint64(p.Token)*7 + uint64(p.Origin)
			return node.Outcome(luck % 3), luck%5 > 0
		}
		reader := make([]told, 6)
		for origin := range d.config.Configured {
			reader[origin].known = true
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			step(t, d)
			d.settle()
			for _, e := range d.events {
				reader[e.Subject].read(t, e)
			}
			d.events = d.events[:0]
			for i, r := range reader {
				origin := uint32(i)
				require.Equal(t, told{d.Known(origin), d.Checking(origin), uint64(d.Status(origin))}, r)
			}
		}
	})
}

func step(t *rapid.T, d *desk) {
	origin := rapid.Uint32Range(0, 6).Draw(t, "origin") // one there cannot be
	switch rapid.IntRange(0, 6).Draw(t, "do") {
	case 0:
		d.Register(d.now, origin, rapid.Uint16Range(0, 2).Draw(t, "definition"))
	case 1:
		d.Unregister(d.now, origin)
	case 2:
		d.Assign(d.now, origin)
	case 3:
		d.Release(min(origin, 5))
	case 4:
		d.Learn(d.now, origin, health.Status(rapid.IntRange(0, 3).Draw(t, "status")))
	case 5:
		d.Heard(d.now)
	case 6:
		d.pass(time.Duration(rapid.IntRange(0, 5000).Draw(t, "ms")) * time.Millisecond)
	}
}
