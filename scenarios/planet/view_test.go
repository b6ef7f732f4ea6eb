package planet

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/health"
)

func TestUnhealthyIsWhatServersCallIt(t *testing.T) {
	require.EqualValues(t, health.Unhealthy, unhealthy)
}

func TestAViewNotesWhatWasTakenForDead(t *testing.T) {
	v := NewView(4)
	v.Observe(believes(0, unhealthy), nil, nil)
	v.Observe(believes(0, unhealthy-1), nil, nil)
	v.Observe(believes(1, unhealthy-1), nil, nil)
	other := believes(2, unhealthy)
	other.Event.Kind = node.HealthChanged
	v.Observe(other, nil, nil)
	v.Observe(believes(4, unhealthy), nil, nil) // there is none
	require.Equal(t, []bool{true, false, false, false}, v.dead)
	require.Equal(t, checkers.Event, v.Watches())
	require.Zero(t, testing.AllocsPerRun(100, func() { v.Observe(believes(3, unhealthy), nil, nil) }))
}

func TestViewsAreApartWhereTheyDiffer(t *testing.T) {
	views := []*View{
		{[]bool{true, true, false, false}}, {[]bool{true, false, false, true}},
		{[]bool{true, false, false, true}},
	}
	require.Equal(t, 2, apart(views), "origin 1 and origin 3")
	require.Zero(t, apart(views[1:]))
	require.Zero(t, apart(views[:1]), "nobody else to differ from")
	require.Zero(t, apart(nil))
}
