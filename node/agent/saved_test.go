package agent

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A torn save is none of ours: of the eight bytes of a generation (package swim) any other number is
// refused, and the agent starts as without a disk.
func TestATornSaveIsRefused(t *testing.T) {
	h := newHands(t, 1, 1)
	h.start(0)
	whole := h.all[0].disk
	require.Len(t, whole, 8)
	h.advance(h.config.JoinGrace)
	h.all[0].disk = nil
	fresh := h.start(0).swim.Generation()
	for length := range len(whole) {
		h.all[0].disk = whole[:length]
		require.Equal(t, fresh, h.start(0).swim.Generation(), "%d bytes", length)
	}
	h.all[0].disk = append([]byte{0}, whole...)
	require.Equal(t, fresh, h.start(0).swim.Generation())
}

// From an old snapshot the generation of an earlier life comes back; the clock has run on, so that
// the new life begins after the last one all the same.
func TestAnOldSnapshotBeginsALaterLife(t *testing.T) {
	h := newHands(t, 1, 1)
	h.start(0)
	snapshot := h.all[0].disk
	h.advance(h.config.JoinGrace)
	last := h.start(0).swim.Generation()
	h.advance(h.config.JoinGrace)
	h.all[0].disk = snapshot
	require.Greater(t, h.start(0).swim.Generation(), last)
}
