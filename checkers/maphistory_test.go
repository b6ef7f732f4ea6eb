package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

func TestMapHistoryFiresOnASecondWriteOfOneDot(t *testing.T) {
	// Amnesia: crash, restart empty under the same name, and write again.
	m := playMaps(t, 2, MapPromise{})
	m.write(0, 7, 0xa)
	m.pull(1, 0)
	m.down(0)
	m.maps[0] = newFakeMap(life(0, 1))
	m.at(3 * second).up(0)
	m.write(0, 7, 0xb)
	require.Equal(t, PropertyDotUniqueness, m.report.Violations()[0].Property)
	require.Equal(t, "host 0 writes key 7 with the dot 0.1:1, which it has used before",
		m.report.Violations()[0].Detail)
}

// A replica that is correct breaks nothing, whatever the order of writes, removals, pulls, crashes
// and collections.
func TestMapHistoryAcceptsACorrectMap(t *testing.T) {
	const hosts = 4
	rapid.Check(t, func(t2 *rapid.T) {
		plan := drawPlan(hosts, 4).Draw(t2, "plan")
		clients := func(h *MapHistory) Checker {
			return NewSessions(h, luck(), Client{Host: 0}, Client{Host: 1})
		}
		m := playMaps(t, hosts, MapPromise{}, clients)
		m.history.room, m.history.limit = 1, 1
		for _, p := range plan {
			m.at(m.now.Since() + second)
			switch {
			case p.kind < 2:
				m.restart(p.host)
			case p.kind < 6:
				m.pull(p.host, node.ID(p.value))
			default:
				m.write(p.host, p.value/2, uint64(p.kind-6))
			}
		}
		m.end()
		require.Empty(t2, m.report.Violations())
	})
}

func TestMapHistoryMeasures(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.pull(2, 0)
	m.pull(2, 1)
	m.write(2, 2, 0xc)
	m.end()
	m.clean()
	m.metric("map_writes", 3)
	m.metric("map_siblings_most", 2)
	m.metric("map_replicas_behind", 2)
}

// Whatever was written long ago and overwritten is forgotten, but not what a replica lacks.
func TestMapHistoryForgetsWhatIsPast(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.history.room, m.history.limit = 10, 10
	for i := range uint64(100) {
		m.write(0, 1, i+1)
		m.pull(1, 0)
	}
	require.Equal(t, 100, m.history.log.held(), "host 2 has seen none, and said nothing")
	for i := range uint64(100) {
		m.pull(2, 0)
		m.write(0, 1, i+1)
		m.pull(1, 0)
	}
	require.LessOrEqual(t, m.history.log.held(), 12)
	m.restart(1) // and sees again what is forgotten
	m.pull(1, 0)
	m.clean()

	forgotten := Dot{life(0, 1), 1}
	m.maps[1].shown[forgotten] = true
	m.write(1, 1, 9)
	m.broke(PropertyCausalPast, 0,
		"host 1 shows 0.1:1 for key 1, and has seen a write that overwrote it")
}

// "O(1) for each write that becomes known", and in the steady state no memory.
func TestMapHistoryAllocatesNothingForWhatIsSeen(t *testing.T) {
	const keys = 100
	m, merge := mergeOf(t, keys)
	require.Zero(t, testing.AllocsPerRun(50, merge))
	m.clean()
}

func BenchmarkMapHistorySeenWrite(b *testing.B) {
	const keys = 1000
	m, merge := mergeOf(b, keys)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		merge()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/keys, "ns/seen")
	require.Empty(b, m.report.Violations())
}

// mergeOf returns a script in which merge makes host 1 see one write of host 0 for each key, for
// the first time in its life.
func mergeOf(t testing.TB, keys int) (m *mapScript, merge func()) {
	m = playMaps(t, 2, MapPromise{})
	rows := make([]Sibling, keys)
	tables := []*tableMap{{life(0, 1), rows}, {life(1, 1), rows}}
	m.history.promise.Replicas = func(host node.ID) Replica { return tables[host] }
	for key := range rows {
		rows[key] = Sibling{Dot{life(0, 1), uint64(key) + 1}, 5}
		m.emit(0, node.Wrote, uint32(key), uint64(key)+1, 5)
	}
	return m, func() {
		m.history.at(1).begin(true)
		m.changed(1)
	}
}

// tableMap shows one sibling for each key.
type tableMap struct {
	actor uint64
	rows  []Sibling
}

func (f *tableMap) Actor() uint64 { return f.actor }
func (f *tableMap) Vector(buffer []Dot) []Dot {
	return append(buffer, f.rows[len(f.rows)-1].Dot)
}
func (f *tableMap) Cloud(buffer []Dot) []Dot { return buffer }
func (f *tableMap) Siblings(key uint32, buffer []Sibling) []Sibling {
	return append(buffer, f.rows[key])
}
