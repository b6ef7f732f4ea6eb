package swim

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// There is one entry per pair of members: 10,000 of 10,000 are 1.6 GB.
func TestEntryIsSmall(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(entry{}), uintptr(16))
}

// Founders hold each other alive from the start, without a word; one that begins a later life has to
// announce it, and to ask what has become of the others.
func TestFounders(t *testing.T) {
	config := testConfig()
	config.Founders = 8
	c := newCluster(t, 9, config, 51)
	for id := range node.ID(8) {
		c.start(id, nil)
		require.True(t, c.member(id).Joined())
		require.Equal(t, 8, c.member(id).Len())
		require.True(t, c.member(id).queue.empty())
	}
	require.Equal(t, 8, c.total(node.Founded))
	c.run(20 * time.Second)
	require.Len(t, c.log, 8, "nothing else happens")

	c.start(8, nil)
	require.False(t, c.member(8).Joined(), "who is no founder joins")
	c.crash(5)
	c.crash(6)
	c.run(time.Minute)
	c.start(5, c.hosts[5].disk)
	require.True(t, c.member(5).Joined())
	c.run(10 * time.Second)
	c.requireView(5, Alive)
	c.requireView(8, Alive)
	require.NotEqual(t, Alive, c.member(5).State(6), "it was told, or finds out")
}

// memberlist v0.7.0 counts "dead and left entries not yet reaped" in the n of its timers.
func TestCountGone(t *testing.T) {
	for _, row := range []struct {
		count bool
		size  int
	}{{false, 7}, {true, 10}} {
		config := Lan()
		config.CountGone = row.count
		s, out := grouped(config, 10)
		s.hear(0, claim(1, Dead, 1), nil, out)
		s.hear(0, claim(2, Left, 1), nil, out)
		s.hear(0, claim(3, Dead, 1), nil, out)
		s.hear(0, claim(4, Suspect, 1), nil, out)
		require.Equal(t, row.size, s.size())
		require.Equal(t, 7, s.Len())
	}
}
