package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMapLogKnowsThePastOfAWrite(t *testing.T) {
	l := newMapLog()
	a, b := l.actor(life(0, 1)), l.actor(life(1, 1))
	key := l.key(7)
	x, _ := l.add(key, a, 1, 0xa)
	y, _ := l.add(key, b, 1, 0xb)
	z, _ := l.add(key, a, 2, 0xc)
	l.overwrites(y, x)
	l.overwrites(z, y)
	require.True(t, l.writes[y].after(mark{a, 1}))
	require.True(t, l.writes[z].after(mark{b, 1}))
	require.True(t, l.writes[z].after(mark{a, 1}), "what an overwriter overwrote")
	require.False(t, l.writes[x].after(mark{b, 1}))
	require.False(t, l.writes[y].after(mark{a, 2}))
	require.True(t, l.writes[x].overwritten)
	require.False(t, l.writes[z].overwritten)
}

func TestMapLogTellsWhatWasNeverWrittenFromWhatItForgot(t *testing.T) {
	l := newMapLog()
	a, key := l.actor(life(0, 1)), l.key(7)
	x, fresh := l.add(key, a, 1, 0xa)
	require.True(t, fresh)
	_, fresh = l.add(key, a, 3, 0xb)
	require.True(t, fresh, "2 is passed over")
	_, fresh = l.add(key, a, 1, 0xc)
	require.False(t, fresh, "1 has been used")

	require.Equal(t, x, l.find(Dot{life(0, 1), 1}))
	l.collect(x)
	require.Equal(t, collected, l.find(Dot{life(0, 1), 1}))
	for _, nobodys := range []Dot{{life(0, 1), 0}, {life(0, 1), 2}, {life(0, 1), 4}, {life(1, 1), 1}} {
		require.Equal(t, unlogged, l.find(nobodys), nobodys)
	}
	_, fresh = l.add(key, a, 1, 0xc)
	require.False(t, fresh, "nor is a dot free again that is forgotten")
	reused, _ := l.add(key, a, 4, 0xd)
	require.Equal(t, x, reused, "but its memory is")
	require.Equal(t, 2, l.held())
	require.Equal(t, 3, l.total)
}

func TestDotsPrintServerLifeAndNumber(t *testing.T) {
	require.Equal(t, "3.17:42", Dot{life(3, 17), 42}.String())
}
