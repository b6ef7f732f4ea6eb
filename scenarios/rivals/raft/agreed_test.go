package raft

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

const (
	servers = 3
	origins = 4
)

func small() *station.Config {
	return &station.Config{Servers: servers, Origins: origins, Configured: []uint16{0, 5}}
}

func drawChange(t *rapid.T) change {
	c := change{
		what:   what(rapid.IntRange(0, int(whats)-1).Draw(t, "what")),
		number: uint32(rapid.IntRange(0, 5).Draw(t, "number")),
	}
	c.value = uint16(rapid.IntRange(0, int(min(3, mostValue(c.what)))).Draw(t, "value"))
	return c
}

func drawCommand(t *rapid.T) (changes []change, command []byte) {
	changes = rapid.SliceOfN(rapid.Custom(drawChange), 1, 5).Draw(t, "changes")
	for _, c := range changes {
		command = appendChange(command, c)
	}
	return changes, command
}

func TestChangesSurviveTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, command := drawCommand(t)
		var got []change
		eachChange(command, func(c change) { got = append(got, c) })
		require.Equal(t, want, got)
	})
}

// "Until one makes no sense": what comes before it counts.
func TestTheRestOfACommandThatMakesNoSenseIsDropped(t *testing.T) {
	command := appendChange(nil, change{what: parted, number: 300})
	for _, nonsense := range [][]byte{{9, 0, 0}, {2, 1}, {2, 1, 200, 1}, {0, 0x80}} {
		var got []change
		eachChange(append(command, nonsense...), func(c change) { got = append(got, c) })
		require.Equal(t, []change{{what: parted, number: 300}}, got)
	}
}

// "All agree on what they are configured with before the first command."
func TestAllBeginWithTheConfiguration(t *testing.T) {
	a := newAgreed(small())
	require.Equal(t, []origin.Value{origin.By(0), origin.By(5), origin.Removed, origin.Removed}, a.values)
	require.Zero(t, a.count())
}

func TestWhatHasBeenMadeChangesNothingMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newAgreed(small())
		changes, _ := drawCommand(t)
		for _, c := range changes {
			if !a.fits(c) || c.what == found && a.values[c.number] == origin.Removed {
				continue
			}
			a.make(c)
			require.True(t, a.has(c), "%v", c)
		}
	})
}

func TestWhatWasFoundOfAnOriginGoesWithIt(t *testing.T) {
	a := newAgreed(small())
	a.make(change{found, 1, uint16(health.Unhealthy)})
	a.make(change{registered, 1, uint16(origin.Removed)})
	require.Equal(t, health.Unknown, a.status[1])
	late := change{found, 1, uint16(health.Healthy)}
	require.True(t, a.has(late), "there is nothing to be found")
	a.make(late)
	a.make(change{registered, 1, uint16(origin.By(0))})
	require.Equal(t, health.Unknown, a.status[1], "found before it was registered again")
}

func TestSnapshotsSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := newAgreed(small()), newAgreed(small())
		changes, _ := drawCommand(t)
		for _, c := range changes {
			if a.fits(c) {
				a.make(c)
			}
		}
		require.True(t, b.parse(a.append(nil)))
		require.Equal(t, a, b)
		require.False(t, b.parse(rapid.SliceOfN(rapid.Byte(), 0, 5).Draw(t, "bytes")))
		require.Equal(t, a, b, "as it was")
	})
}

// Whoever is told from where it knows the log ends where the voter is.
func TestNewsBringsAFollowerToTheLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := ledger{config: small(), keep: 3}
		l.Restore(1, nil)
		behind, index := newAgreed(small()), uint64(1)
		for i := range rapid.IntRange(0, 8).Draw(t, "commands") {
			_, command := drawCommand(t)
			l.Apply(uint64(10+2*i), command)
			if rapid.Bool().Draw(t, "told") {
				follow(t, &l, &behind, &index)
			}
		}
		follow(t, &l, &behind, &index)
		require.Equal(t, l.agreed, behind)
		require.LessOrEqual(t, len(l.recent), 3)
	})
}

func follow(t *rapid.T, l *ledger, behind *agreed, index *uint64) {
	body, whole := l.tell(*index, nil)
	if whole {
		require.True(t, behind.parse(body))
	} else {
		eachChange(body, func(c change) {
			if behind.fits(c) {
				behind.make(c)
			}
		})
	}
	*index = l.index
}

func TestALedgerIsRestoredFromASnapshot(t *testing.T) {
	l := ledger{config: small(), keep: 3}
	l.Restore(1, nil)
	l.Apply(7, appendChange(nil, change{what: joined, number: 2}))
	other := ledger{config: small(), keep: 3}
	other.Restore(7, l.AppendState(nil))
	require.Equal(t, l.agreed, other.agreed)
	_, whole := other.tell(1, nil)
	require.True(t, whole, "what came before the snapshot is no longer there")
	require.Panics(t, func() { other.Restore(8, []byte{1}) })
}
