package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// breaks demands that exactly the given promises were broken.
func (m *mapScript) breaks(properties ...string) {
	m.t.Helper()
	var broken []string
	for _, v := range m.report.Violations() {
		broken = append(broken, v.Property)
	}
	require.ElementsMatch(m.t, properties, broken, "%v", m.report.Violations())
}

// A truncated answer with the full version vector, in three events: A writes k1 and k2, B pulls
// one of the two.
func TestMapHistoryFiresOnALostUpdate(t *testing.T) {
	for _, truncated := range []bool{false, true} {
		m := playMaps(t, 2, MapPromise{Truncated: truncated})
		lost := m.write(0, 1, 0xa)
		m.write(0, 2, 0xb)
		m.maps[1].hidden[lost] = true
		m.at(2*second).pull(1, 0)
		m.broke(PropertyMapCoverage, 2*second,
			"host 1 has seen 0.1:1 of key 1 and shows 0 siblings without it, "+
				"though nothing it has seen overwrote it")
	}
}

// A single winner: "x by C; y by A overwrites x; z by B concurrent", and A keeps z alone.
func TestMapHistoryFiresOnAWinnerThatDidNotOverwrite(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.write(1, 1, 0xb)
	m.write(2, 1, 0xc)
	m.pull(0, 2)
	y := m.write(0, 1, 0xa)
	m.maps[0].hidden[y] = true
	m.pull(0, 1)
	m.breaks(PropertyMapCoverage, PropertyCausalPast)
	require.Equal(t,
		"host 0 dropped 0.1:1 of key 1 for 1.1:1, which did not overwrite it",
		m.report.Violations()[1].Detail)
}

func TestSingleWinnersAreNotJudgedByWhatTheyDrop(t *testing.T) {
	m := playMaps(t, 2, MapPromise{SingleWinner: true})
	x := m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.maps[0].hidden[x] = true
	m.pull(0, 1)
	m.maps[0].hidden[x] = false
	m.maps[0].shown[x] = true
	m.write(0, 1, 0xc)
	m.clean()
}

// The half-fix of truncation, and unilateral pruning, bring back what was overwritten.
func TestMapHistoryFiresOnAZombie(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	old := m.write(0, 1, 0xa)
	m.pull(1, 0)
	m.write(1, 1, 0xb)
	m.maps[0].shown[old] = true
	m.at(2*second).pull(0, 1)
	m.broke(PropertyCausalPast, 2*second,
		"host 0 shows 0.1:1 for key 1, and has seen a write that overwrote it")
}

// "remove(A,k) by dropping record" leaves the value where it was: here the removal is known.
func TestMapHistoryFiresOnARemovedKeyThatStays(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	removed := m.write(0, 1, 0xa)
	m.pull(1, 0)
	m.maps[1].shown[removed] = true
	m.write(0, 1, 0)
	m.pull(1, 0)
	m.breaks(PropertyCausalPast)
}

func TestMapHistoryFiresOnThinAir(t *testing.T) {
	invented := Dot{life(1, 1), 9}
	m := playMaps(t, 2, MapPromise{})
	m.maps[0].seen[invented] = fakeWrite{dot: invented, key: 1, value: 3}
	m.maps[0].shown[invented] = true
	m.at(2*second).write(0, 1, 0xa)
	m.broke(PropertyNoThinAir, 2*second, "host 0 shows 1.1:9 for key 1, which nobody wrote")

	m = playMaps(t, 2, MapPromise{})
	unseen := m.write(1, 1, 0xb)
	m.maps[0].seen[unseen] = m.maps[1].seen[unseen]
	m.at(2*second).write(0, 1, 0xa)
	m.maps[0].shown[unseen] = true
	m.at(3*second).write(0, 1, 0xc)
	m.broke(PropertyNoThinAir, 3*second, "host 0 shows 1.1:1 for key 1, which it has not seen")
}

// One dot, two values: what a replica shows is not what was written.
func TestMapHistoryFiresOnAForgery(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	dot := m.write(0, 1, 0xa)
	m.maps[1].pull(m.maps[0])
	m.maps[1].seen[dot] = fakeWrite{dot: dot, key: 1, value: 0xb}
	m.changed(1)
	m.breaks(PropertyDotUniqueness, PropertyNoThinAir)
	require.Equal(t, "host 1 shows 0.1:1 as value 0x000000000000000b of key 1, and it was written "+
		"as 0x000000000000000a of key 1", m.report.Violations()[0].Detail)
}

// "A replica may then have seen a write without holding it or what overwrote it": A writes k, j and
// k again, and an answer with one entry brings j and the versions up to it.
func TestMapHistoryAllowsForWhatIsOnItsWay(t *testing.T) {
	for truncated, want := range map[bool][]string{true: nil, false: {PropertyMapCoverage}} {
		m := playMaps(t, 2, MapPromise{Truncated: truncated})
		m.write(0, 1, 0xa)
		j := m.write(0, 2, 0xb)
		m.write(0, 1, 0xc)
		m.maps[1].seen[j] = m.maps[0].seen[j]
		m.maps[1].vector[life(0, 1)] = j.Seq
		m.changed(1)
		m.breaks(want...)
	}
}
