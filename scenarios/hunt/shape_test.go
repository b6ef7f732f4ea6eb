package hunt_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

// fault strikes hosts from a second on, for so many seconds.
func fault(kind scenarios.FaultKind, at, length int, hosts ...node.ID) scenarios.Fault {
	span := func(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }
	return scenarios.Fault{Kind: kind, At: span(at), For: span(length), Hosts: hosts}
}

func shape(faults ...scenarios.Fault) hunt.Shape {
	return hunt.ShapeOf(&scenarios.Scenario{
		Duration: scenarios.Span(time.Hour), Faults: faults,
	})
}

func TestShapes(t *testing.T) {
	down := func(at int, origins ...uint32) scenarios.Fault {
		f := fault(scenarios.OriginDown, at, 10)
		f.Origins = origins
		return f
	}
	crash, pause, part := scenarios.Crash, scenarios.Pause, scenarios.Partition
	for _, c := range []struct {
		want   hunt.Shape
		faults []scenarios.Fault
	}{
		{hunt.NoFault, nil},
		{"crash", []scenarios.Fault{fault(crash, 10, 5, 1)}},
		{"crash, pause", []scenarios.Fault{fault(crash, 10, 5, 1), fault(pause, 20, 5, 2)}},
		{"crash, pause; crash with pause: same target", []scenarios.Fault{
			fault(crash, 10, 5, 1), fault(pause, 20, 5, 3, 1),
		}},
		{"crash, pause; crash with pause: at once", []scenarios.Fault{
			fault(crash, 10, 0, 1), fault(pause, 20, 5, 2), // the crash is for good
		}},
		{"2+ partition; partition with partition: same target, at once", []scenarios.Fault{
			fault(part, 10, 5, 1), fault(part, 20, 9, 2), fault(part, 22, 5, 1),
		}},
		{"crash, origin-down", []scenarios.Fault{ // server 7 is not origin 7
			fault(crash, 10, 5, 7), down(20, 7),
		}},
		{"2+ origin-down; origin-down with origin-down: same target", []scenarios.Fault{
			down(20, 7, 8), down(40, 8, 9),
		}},
	} {
		require.Equal(t, c.want, shape(c.faults...))
	}
}

// A hundred seeds of one bug are one shape: who is struck, when exactly, for how long, in which order,
// and by how many more of the same, makes no difference.
func TestLuckDoesNotChangeTheShape(t *testing.T) {
	kinds := []scenarios.FaultKind{scenarios.Crash, scenarios.Pause, scenarios.Partition}
	rapid.Check(t, func(t *rapid.T) {
		var faults []scenarios.Fault
		for range rapid.IntRange(1, 6).Draw(t, "faults") {
			faults = append(faults, fault(rapid.SampledFrom(kinds).Draw(t, "kind"),
				rapid.IntRange(0, 100).Draw(t, "at"), rapid.IntRange(1, 50).Draw(t, "for"),
				node.ID(rapid.IntRange(0, 3).Draw(t, "host"))))
		}
		want := shape(faults...)
		later := scenarios.Span(rapid.IntRange(0, 1000).Draw(t, "later")) * scenarios.Span(time.Second)
		renamed := node.ID(rapid.IntRange(0, 20).Draw(t, "renamed"))
		for i := range faults {
			faults[i].At += later
			faults[i].Hosts = []node.ID{faults[i].Hosts[0] + renamed}
		}
		slices.Reverse(faults)
		require.Equal(t, want, shape(faults...))
	})
}
