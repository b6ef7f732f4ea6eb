package explore_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/explore"
)

// explored is what can happen to the correct map, on three servers that all write.
type explored struct {
	name         string
	design       design
	events, full int // how deep, by default and with BUTTERFLY_FULL=1
}

func corrects() []explored {
	all := []explored{
		{"pulls", design{keys: 2, symmetric: true, alphabet: of(2, write, pull)}, 6, 8},
		{"removals", design{keys: 2, symmetric: true, alphabet: of(2, write, remove, pull)}, 6, 8},
		{"answers cut short", design{keys: 2, limit: 1,
			alphabet: of(2, write, remove, pull)}, 5, 8},
		{"restarts", design{keys: 1, symmetric: true,
			alphabet: of(1, write, remove, pull, crash)}, 6, 8},
		{"late answers", design{keys: 1, symmetric: true, late: 2,
			alphabet: of(1, write, remove, crash, request, answer, apply)}, 6, 8},
		{"collecting", design{keys: 1, symmetric: true,
			alphabet: of(1, write, remove, pull, crash, collect)}, 6, 8},
		{"collecting alone", design{keys: 1, symmetric: true, alone: true,
			alphabet: of(1, write, remove, pull, crash, collect)}, 6, 8},
		{"collecting alone, answers cut short", design{keys: 2, limit: 1, alone: true,
			alphabet: of(2, write, remove, pull, collect)}, 4, 8},
		{"collecting alone, late answers", design{keys: 1, symmetric: true, alone: true, late: 2,
			alphabet: of(1, write, remove, crash, collect, request, answer, apply)}, 6, 8},
	}
	for i := range all {
		all[i].design.replica, all[i].design.servers = correct, 3
	}
	return all
}

func of(keys uint32, kinds ...kind) []event { return everywhere(3, keys, kinds...) }

// No checker of a real run fires in any execution of the real map, as it is and when all have
// pulled from all until nothing changes. By default that is for few events; BUTTERFLY_FULL=1 goes
// as far as this, in 17 minutes of one core:
//
//	                                      events     states       steps    seconds
//	pulls                                      8    120,949     260,304          8
//	removals                                   8    662,182   1,330,446         41
//	answers cut short                          8  2,793,908   5,790,104        190
//	restarts                                   8    105,110     249,045          7
//	late answers                               8     84,676     196,689          3
//	collecting                                 8    134,053     367,430         11
//	collecting alone                           8    266,332     691,149         27
//	collecting alone, answers cut short        8  7,362,320  16,006,136        684
//	collecting alone, late answers             8    161,361     461,801         11
//
// Who collects alone takes for stable what it has seen itself, which is as wrong as one can be
// about who is a member. Where answers are cut short, their order tells the servers apart, so
// nothing is saved by symmetry but the keys'. Strong convergence is about any two moments of the
// past, and is judged along one execution to each state.
func TestCorrectMap(t *testing.T) {
	for _, c := range corrects() {
		t.Run(c.name, func(t *testing.T) {
			depth := c.events
			if os.Getenv("BUTTERFLY_FULL") == "1" {
				depth = c.full
			}
			r := explore.Exhaust(c.design.holds(), explore.Bounds{Events: depth})
			require.True(t, r.Complete, r.String())
			t.Logf("%v, %d steps", r, r.Transitions)
		})
	}
}

// Long walks reach what no bounded exploration does: 100 walks of 40 events, seed 1.
func TestCorrectMapOnWalks(t *testing.T) {
	for _, d := range []design{
		{alone: true, alphabet: of(2, write, remove, pull, crash, collect)},
		{limit: 1, alphabet: of(2, write, remove, pull, crash, collect)},
		{limit: 1, alone: true, alphabet: of(2, write, remove, pull, collect)},
		{limit: 1, late: 4, alone: true,
			alphabet: of(2, write, remove, crash, collect, request, answer, apply)},
	} {
		d.replica, d.servers, d.keys = correct, 3, 2
		f := explore.Walk(d.holds(), 1, 40, 100)
		require.NoError(t, f.Violation, f.String())
		require.Equal(t, 100, f.Walks)
	}
}

// B retires the last life of A, and collects on its own what that removed, before it tells A of it:
// who retires a life is not asked for what the life overwrote.
func TestARemovalOfARetiredLife(t *testing.T) {
	d := &design{
		replica: correct, servers: 3, keys: 2, alone: true,
		alphabet: of(2, write, remove, pull, crash, collect),
	}
	d.holdsAlong(t, "w(A,k1) w(B,k2) p(A<-B) r(A,k2) p(B<-A) crash(A) w(A,k2) p(B<-A) r(B,k1) "+
		"gc(B) p(A<-B)")
}

// holdsAlong demands that no checker fires in one execution.
func (d *design) holdsAlong(t *testing.T, execution string) {
	t.Helper()
	m := d.holds()
	states, events := []*cluster{m.Initial}, []event(nil)
	for _, name := range strings.Fields(execution) {
		last := states[len(events)]
		possible := m.Events(last, nil)
		i := slices.IndexFunc(possible, func(e event) bool { return e.String() == name })
		require.GreaterOrEqual(t, i, 0, "%s cannot happen after %v", name, events)
		states, events = append(states, m.Apply(last, possible[i])), append(events, possible[i])
	}
	require.NoError(t, m.Check(states, events))
}
