package checkers

import (
	"slices"
	"testing"
	"time"

	"butterfly/node"
)

// fakeWrite is a write with all that its writer had seen of the key.
type fakeWrite struct {
	dot   Dot
	key   uint32
	value uint64 // 0: a removal
	past  []Dot
}

// fakeMap is a correct replica of a map, as naive as can be: it keeps every write it has seen.
// Tests break it by taking from it, or putting into it, what they like.
type fakeMap struct {
	actor  uint64
	wrote  uint64
	vector map[uint64]uint64
	cloud  []Dot
	seen   map[Dot]fakeWrite
	// hidden writes do not show, and shown ones show whatever overwrote them.
	hidden map[Dot]bool
	shown  map[Dot]bool
}

func newFakeMap(actor uint64) *fakeMap {
	return &fakeMap{
		actor: actor, vector: map[uint64]uint64{}, seen: map[Dot]fakeWrite{},
		hidden: map[Dot]bool{}, shown: map[Dot]bool{},
	}
}

func (f *fakeMap) Actor() uint64 { return f.actor }

func (f *fakeMap) Vector(buffer []Dot) []Dot {
	from := len(buffer)
	for actor, seq := range f.vector {
		buffer = append(buffer, Dot{actor, seq})
	}
	sortDots(buffer[from:])
	return buffer
}

func (f *fakeMap) Cloud(buffer []Dot) []Dot { return append(buffer, f.cloud...) }

func (f *fakeMap) Siblings(key uint32, buffer []Sibling) []Sibling {
	from := len(buffer)
	for dot, w := range f.seen {
		alive := !f.overwrote(w) && w.value != 0
		if w.key == key && (alive || f.shown[dot]) && !f.hidden[dot] {
			buffer = append(buffer, Sibling{dot, w.value})
		}
	}
	slices.SortFunc(buffer[from:], func(a, b Sibling) int { return a.Dot.compare(b.Dot) })
	return buffer
}

// overwrote reports whether something seen overwrote w.
func (f *fakeMap) overwrote(w fakeWrite) bool {
	for _, other := range f.seen {
		if other.key == w.key && slices.Contains(other.past, w.dot) {
			return true
		}
	}
	return false
}

// put makes the replica's next write.
func (f *fakeMap) put(key uint32, value uint64) Dot {
	f.wrote++
	w := fakeWrite{dot: Dot{f.actor, f.wrote}, key: key, value: value}
	for dot, other := range f.seen {
		if other.key == key {
			w.past = append(w.past, dot)
		}
	}
	f.seen[w.dot] = w
	f.vector[f.actor] = f.wrote
	return w.dot
}

// pull takes over all that another replica has seen.
func (f *fakeMap) pull(from *fakeMap) {
	for dot, w := range from.seen {
		f.seen[dot] = w
	}
	for actor, seq := range from.vector {
		f.vector[actor] = max(f.vector[actor], seq)
	}
}

func sortDots(dots []Dot) { slices.SortFunc(dots, Dot.compare) }

// life names a life of a host.
func life(host node.ID, number uint64) uint64 { return uint64(host)<<BootBits | number }

// mapScript is a script of replicas that are fakes.
type mapScript struct {
	*script
	maps    []*fakeMap
	history *MapHistory
	lives   uint64
}

// playMaps starts hosts with an empty map each, under a history and the checkers built on it.
func playMaps(
	t testing.TB, hosts int, promise MapPromise, more ...func(*MapHistory) Checker,
) *mapScript {
	m := &mapScript{maps: make([]*fakeMap, hosts), lives: 1}
	promise.Replicas = func(host node.ID) Replica { return m.maps[host] }
	m.history = NewMapHistory(promise)
	all := several{m.history}
	for _, build := range more {
		all = append(all, build(m.history))
	}
	for host := range m.maps {
		m.maps[host] = newFakeMap(life(node.ID(host), 1))
	}
	m.script = play(t, all, hosts)
	return m
}

// at moves to a time after the start.
func (m *mapScript) at(since time.Duration) *mapScript {
	m.script.at(since)
	return m
}

// write lets a host write a value, or remove a key with value 0.
func (m *mapScript) write(host node.ID, key uint32, value uint64) Dot {
	dot := m.maps[host].put(key, value)
	m.emit(host, node.Wrote, key, dot.Seq, value)
	m.changed(host)
	return dot
}

// pull lets a host take over what another has seen.
func (m *mapScript) pull(host, from node.ID) {
	m.maps[host].pull(m.maps[from])
	m.changed(host)
}

func (m *mapScript) changed(host node.ID) { m.emit(host, node.MapChanged, 0) }

// restart lets a host come back without its map, as another life.
func (m *mapScript) restart(host node.ID) {
	m.lives++
	m.down(host)
	m.maps[host] = newFakeMap(life(host, m.lives))
	m.up(host)
}

// several is checkers that are told one after the other.
type several []Checker

func (s several) Watches() (all Kind) {
	for _, c := range s {
		all |= c.Watches()
	}
	return all
}

func (s several) Observe(o *Observation, view View, report *Report) {
	for _, c := range s {
		if c.Watches()&o.Kind != 0 {
			c.Observe(o, view, report)
		}
	}
}
