package checkers

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestMapHistoryFiresOnVersionsThatShrink(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	m.write(0, 1, 0xa)
	m.write(0, 2, 0xb)
	m.pull(1, 0)
	m.maps[1].vector[life(0, 1)] = 1
	m.at(2 * second).changed(1)
	m.broke(PropertyVersionsGrow, 2*second, "host 1 went back from 0.1:2 to 0.1:1 in its versions")

	m = playMaps(t, 2, MapPromise{})
	m.write(0, 1, 0xa)
	m.pull(1, 0)
	delete(m.maps[1].vector, life(0, 1))
	m.at(2 * second).changed(1)
	m.broke(PropertyVersionsGrow, 2*second,
		"host 1 had seen 0.1:1 and has nothing of its writer any more")
}

func TestMapHistoryFiresOnASingleDotThatIsLost(t *testing.T) {
	m := playMaps(t, 2, MapPromise{Truncated: true})
	m.write(0, 1, 0xa)
	single := m.write(0, 2, 0xb)
	m.maps[1].seen[single] = m.maps[0].seen[single]
	m.maps[1].cloud = []Dot{single}
	m.changed(1)
	m.clean()
	m.maps[1].cloud = nil
	m.at(2 * second).changed(1)
	m.broke(PropertyVersionsGrow, 2*second, "host 1 had seen 0.1:2 of key 2 and has no longer")
}

// "One of them implies all earlier dots of its actor for the same key."
func TestMapHistoryAcceptsALaterDotOfTheKeyInPlaceOfASingleOne(t *testing.T) {
	m := playMaps(t, 2, MapPromise{Truncated: true})
	m.write(0, 1, 0xa)
	for range 3 {
		single := m.write(0, 2, 0xb)
		m.maps[1].seen[single] = m.maps[0].seen[single]
		m.maps[1].cloud = []Dot{single}
		m.changed(1)
	}
	m.pull(1, 0)
	m.maps[1].cloud = nil
	m.changed(1)
	m.clean()
}

// "Retired for a number stands for all dots of that actor and of all earlier lives of its server."
func TestMapHistoryAcceptsRetiredLives(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	m.write(0, 1, 0xa)
	m.pull(1, 0)
	m.restart(0)
	m.pull(0, 1)
	m.write(0, 1, 0xb)
	m.pull(1, 0)
	m.restart(0)
	m.pull(0, 1)
	m.write(0, 1, 0xc)
	for host := range m.maps {
		delete(m.maps[host].vector, life(0, 1))
		m.maps[host].vector[life(0, 2)] = Retired
	}
	m.changed(0)
	m.pull(1, 0)
	m.end()
	m.clean()
}

// Retirement is no licence to lose what was seen: "unilateral pruning" of a life whose writes
// survive.
func TestMapHistoryFiresOnALifeRetiredTooEarly(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	lost := m.write(0, 1, 0xa)
	m.pull(1, 0)
	m.maps[1].vector[life(0, 1)] = Retired
	m.maps[1].hidden[lost] = true
	m.at(2 * second).changed(1)
	m.broke(PropertyMapCoverage, 2*second,
		"host 1 has seen 0.1:1 of key 1 and shows 0 siblings without it, "+
			"though nothing it has seen overwrote it")
}

// "What was written in a life that ended may be lost, if nobody had seen it who retired that life:
// who alone had seen it then drops it, and may show again what it had overwritten."
func TestMapHistoryAcceptsTheLossOfWhatNobodyHadSeenWhoRetiredTheLife(t *testing.T) {
	m := playMaps(t, 3, MapPromise{}, serving(Client{Host: 2}))
	first := m.write(1, 1, 0xa)
	m.pull(0, 1)
	lost := m.write(0, 1, 0xb)
	m.pull(2, 0)
	m.restart(0)
	m.maps[1].vector[life(0, 1)] = Retired
	m.changed(1)
	m.clean()

	m.maps[2].vector[life(0, 1)] = Retired
	m.maps[2].hidden[lost], m.maps[2].shown[first] = true, true
	m.changed(2)
	m.pull(1, 2)
	m.maps[1].hidden[lost], m.maps[1].shown[first] = true, true
	m.changed(1)
	m.end()
	m.clean()
}

// "Nobody holds a write of a life that is retired which who retires it first has not seen", if that is
// promised: neither a removal nor what has been overwritten is held.
func TestMapHistoryFiresOnALifeRetiredWhileSomebodyIsMissing(t *testing.T) {
	for _, c := range map[string]struct {
		whole  bool
		happen func(m *mapScript)
		broken []string
	}{
		"held":             {true, func(m *mapScript) { m.pull(2, 0) }, []string{PropertyRetiredUnheld}},
		"not promised":     {false, func(m *mapScript) { m.pull(2, 0) }, nil},
		"seen":             {true, func(m *mapScript) { m.pull(2, 0); m.pull(1, 0) }, nil},
		"lost with others": {true, func(m *mapScript) { m.pull(2, 0); m.restart(2) }, nil},
		"overwritten":      {true, func(m *mapScript) { m.pull(2, 0); m.write(2, 1, 0xb) }, nil},
		"removed":          {true, func(m *mapScript) { m.write(0, 1, 0); m.pull(2, 0) }, nil},
	} {
		m := playMaps(t, 3, MapPromise{Whole: c.whole})
		m.write(0, 1, 0xa)
		c.happen(m)
		m.restart(0)
		m.maps[1].vector[life(0, 1)] = Retired
		m.changed(1)
		m.breaks(c.broken...)
	}
}

// A removal is collected and its life retired; a replica that starts after that hears of neither, and
// of the removed write only that it is past. "What a retired life overwrote is not demanded of those
// that are through with it."
func TestMapHistoryAcceptsWhatARetiredLifeRemoved(t *testing.T) {
	m := playMaps(t, 3, MapPromise{}, serving(Client{Host: 1}))
	m.write(1, 1, 0xa)
	m.pull(0, 1)
	m.write(0, 1, 0)
	m.pull(1, 0)
	m.restart(0)
	m.maps[1].vector[life(0, 1)] = Retired
	m.changed(1)

	m.maps[2].vector = map[uint64]uint64{life(0, 1): Retired, life(1, 1): 1}
	m.changed(2)
	m.clean()
}

func TestMapHistoryFiresOnClaimsOfWhatNobodyWrote(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	m.write(0, 1, 0xa)
	m.maps[1].vector[life(0, 1)] = 5
	m.maps[1].pull(m.maps[0])
	m.at(2 * second).changed(1)
	m.broke(PropertyNoThinAir, 2*second,
		"host 1 claims to have seen 0.1:5, and its writer has written 1 times so far")

	m = playMaps(t, 2, MapPromise{})
	m.maps[1].cloud = []Dot{{life(0, 1), 5}}
	m.at(2 * second).changed(1)
	m.broke(PropertyNoThinAir, 2*second, "host 1 claims to have seen 0.1:5, which nobody wrote")
}

func TestVersionsMayShrinkFromLifeToLife(t *testing.T) {
	m := playMaps(t, 2, MapPromise{})
	m.write(0, 1, 0xa)
	m.pull(1, 0)
	m.restart(1)
	m.changed(1)
	m.pull(1, 0)
	m.end()
	m.clean()
	require.Equal(t, 1, m.history.log.total)
}

// "each dot of more that is not in dots", by looking for each.
func TestEachBeyondAgreesWithAPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) Dot {
			n := rapid.Uint64Range(0, 11).Draw(t, "dot")
			return Dot{n / 4, n % 4}
		}), rapid.ID[Dot])
		dots, more := drawn.Draw(t, "dots"), drawn.Draw(t, "more")
		sortDots(dots)
		sortDots(more)
		want := slices.DeleteFunc(slices.Clone(more), func(d Dot) bool {
			return slices.Contains(dots, d)
		})
		got := []Dot{}
		eachBeyond(dots, more, func(d Dot) { got = append(got, d) })
		require.Equal(t, want, got)
	})
}
