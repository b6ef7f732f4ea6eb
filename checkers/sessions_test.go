package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

func luck() rng.Rand { return rng.Stream(1, "clients", 0) }

func serving(clients ...Client) func(*MapHistory) Checker {
	return func(h *MapHistory) Checker { return NewSessions(h, luck(), clients...) }
}

// "A map without coordination keeps both promises to clients that are pinned to their server."
func TestPinnedClientReadsItsWritesAndReadsMonotonically(t *testing.T) {
	m := playMaps(t, 3, MapPromise{}, serving(Client{Host: 0}))
	m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.pull(0, 1)       // both are there
	m.write(1, 1, 0xc) // overwrites b alone
	m.pull(0, 1)
	m.write(0, 1, 0) // a removal reflects what it removed
	m.write(0, 1, 0xd)
	m.clean()
}

func TestSessionsFireWhenAPinnedServerLosesAWriteOfItsClient(t *testing.T) {
	m := playMaps(t, 2, MapPromise{SingleWinner: true}, serving(Client{Host: 0}))
	mine := m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.maps[0].hidden[mine] = true
	m.at(2*second).pull(0, 1)
	require.Equal(t, []Violation{
		{PropertyReadYourWrites, m.now, "a client of host 0 reads key 1 there without its own " +
			"write 0.1:1"},
		{PropertyMonotonicReads, m.now, "a client of host 0 reads key 1 there without 0.1:1, " +
			"which it has read before"},
	}, m.report.Violations())
}

// "... and to no others: the server a client moves to need not have heard yet." The map is correct
// all along, and the client breaks both promises by moving.
func TestMovingClientLosesItsWritesAndReadsBackwards(t *testing.T) {
	for _, c := range []struct {
		stay   Client
		breaks []string
	}{
		{Client{Host: 0}, nil},
		{Client{Host: 0, Stay: 5 * second}, []string{PropertyReadYourWrites, PropertyMonotonicReads}},
	} {
		m := playMaps(t, 2, MapPromise{}, serving(c.stay))
		m.changed(1)
		m.at(1*second).write(0, 1, 0xa)
		m.at(6*second).write(1, 2, 0xb) // the client is at host 1 by now, which has not heard of a
		for _, property := range c.breaks {
			require.Equal(t, 1, m.report.Broken(property), property)
		}
		require.Len(t, m.report.Violations(), len(c.breaks))
	}
}

// A client that moves to a server that has heard already notices nothing.
func TestMovingBehindTheGossipBreaksNothing(t *testing.T) {
	m := playMaps(t, 2, MapPromise{}, serving(Client{Host: 0, Stay: 5 * second}))
	m.at(1*second).write(0, 1, 0xa)
	m.at(2*second).pull(1, 0)
	m.at(6*second).write(1, 2, 0xb)
	m.clean()
}

// "A crash of its server ends a session, for nothing is promised of a map that was lost."
func TestSessionEndsWithItsServer(t *testing.T) {
	m := playMaps(t, 2, MapPromise{}, serving(Client{Host: 0}))
	m.write(0, 1, 0xa)
	m.at(5 * second).restart(0)
	m.write(0, 1, 0xb)
	m.clean()
}
