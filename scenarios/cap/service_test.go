package cap

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

// cutHistory is one with a cut from 10 s to 20 s.
func cutHistory() *history {
	return &history{spells: []spell{
		{to: clock.At(10 * time.Second)},
		{from: clock.At(10 * time.Second), to: clock.At(20 * time.Second), cut: true},
		{from: clock.At(20 * time.Second), to: clock.Never},
	}}
}

func (h *history) add(client, spell int, at time.Duration, outcome Outcome, majority bool) {
	h.records = append(h.records, record{
		client: client, spell: spell, at: clock.At(at), ended: 1, outcome: outcome, majority: majority,
	})
}

// "total, whoever reached any server was served; sticky, whoever stayed with a server was".
func TestAvailability(t *testing.T) {
	const staying, moving = 0, 1
	for _, c := range []struct {
		stays, moves Outcome
		want         Availability
	}{
		{Served, Served, Total},
		{Served, Unreached, Total}, // nobody is to blame
		{Served, Lacking, Sticky},
		{Waited, Served, Unavailable},
		{Waited, Waited, Unavailable},
	} {
		h := cutHistory()
		h.add(staying, 1, 12*time.Second, Served, true)
		h.add(moving, 1, 12*time.Second, Served, true)
		h.add(staying, 1, 15*time.Second, c.stays, true)
		h.add(moving, 1, 15*time.Second, c.moves, false)
		s := h.service(2 * time.Second)
		require.Equal(t, c.want, s.availability(), "%v", c)
	}
}

func TestOnlyWhatHadAllItsTimeWithinACutCounts(t *testing.T) {
	h := cutHistory()
	h.add(0, 0, 5*time.Second, Waited, true)
	h.add(0, 1, 18*time.Second, Waited, true)
	h.add(0, 1, 18*time.Second+1, Waited, true) // too late
	h.add(0, 2, 25*time.Second, Waited, true)
	h.add(0, 1, 12*time.Second, Served, true)
	h.add(2, 1, 13*time.Second, Served, false)
	s := h.service(2 * time.Second)
	require.Equal(t, share{served: 1, all: 2}, s.majority)
	require.Equal(t, share{served: 1, all: 1}, s.minority)
}
