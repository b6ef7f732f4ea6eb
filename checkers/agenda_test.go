package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

func TestAgendaIsWorkedOffInOrder(t *testing.T) {
	var a agenda
	require.Equal(t, clock.Never, a.next())
	for i := range uint32(100) {
		a.add(i, clock.Time(i))
		a.add(i, clock.Time(i)) // the same once more
		require.Equal(t, clock.Time(i/2), a.next())
		if i%2 == 1 {
			require.Equal(t, agendaItem{i / 2, clock.Time(i / 2)}, a.pop())
		}
	}
	for i := uint32(50); i < 100; i++ {
		require.Equal(t, agendaItem{i, clock.Time(i)}, a.pop())
	}
	require.Equal(t, clock.Never, a.next())
}

// What is worked off is dropped: the memory stays that of what is to come.
func TestAgendaStaysSmall(t *testing.T) {
	var a agenda
	for i := range clock.Time(10_000) {
		a.add(0, i)
		a.pop()
	}
	require.Less(t, cap(a.items), 10)
}
