package scenarios

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// LinkStorm is what a storm asks for between servers, how many faults of each kind: of every link, or
// of those of some servers, or of what only these send. Other kinds are several plain faults each, and
// are shrunk as such.
type LinkStorm struct {
	Slowdowns   int `json:"slowdowns,omitempty"`
	Clogs       int `json:"clogs,omitempty"`
	Limits      int `json:"limits,omitempty"`
	MTUs        int `json:"mtus,omitempty"`
	NoDatagrams int `json:"no_datagrams,omitempty"`
	NoStreams   int `json:"no_streams,omitempty"`
	Forgeries   int `json:"forgeries,omitempty"`
	// HalfOpens are servers that only hear, or only speak.
	HalfOpens int `json:"half_opens,omitempty"`
	// Bridges part some servers from some others, and neither from the rest.
	Bridges int `json:"bridges,omitempty"`
	// LinkFlaps are links between two servers that go down and up again and again.
	LinkFlaps int `json:"link_flaps,omitempty"`
	// Swizzles clog servers one by one, and unclog them one by one in another order.
	Swizzles int `json:"swizzles,omitempty"`
	// RackSplits cut off one rack, or several; there have to be two at least.
	RackSplits int `json:"rack_splits,omitempty"`
}

// How bad storms make links at most. Delays stay below what a probe waits for. A link carries at least
// what a server tells another in quiet times, and an MTU lets a probe pass that carries no news.
const (
	shortestDelay  = 5 * time.Millisecond
	longestDelay   = 60 * time.Millisecond
	delaySigma     = 500 // thousandths: one sample in a hundred takes 3.2 times as long as most
	leastBandwidth = 4_000
	mostBandwidth  = 40_000
	leastQueue     = 2_000
	mostQueue      = 16_000
	leastMTU       = 16
	mostMTU        = 32
	mostForged     = 50
)

// How a swizzle goes: how long it takes in all, a third of which servers take to be clogged, and a
// third to be free again.
const (
	shortestSwizzle = 9 * time.Second
	longestSwizzle  = 45 * time.Second
	mostSwizzled    = 64 // servers
)

// composed are the kinds of a [LinkStorm] that stand for other faults: how many of a storm there are,
// how many faults one of them is at most, and how it is drawn.
var composed = [...]struct {
	name  string
	count func(*LinkStorm) int
	most  int
	draw  func(s *Storm, r *rng.Rand, shape *Scenario) []Fault
}{
	{"half-open", func(l *LinkStorm) int { return l.HalfOpens }, 1, (*Storm).halfOpen},
	{"bridge", func(l *LinkStorm) int { return l.Bridges }, 1, (*Storm).bridge},
	{"link flap", func(l *LinkStorm) int { return l.LinkFlaps }, mostOutages, (*Storm).linkFlap},
	{"swizzle", func(l *LinkStorm) int { return l.Swizzles }, mostSwizzled, (*Storm).swizzle},
	{"rack split", func(l *LinkStorm) int { return l.RackSplits }, 1, (*Storm).rackSplit},
}

// linkFaults draws what is composed, each from a stream of its own.
func (s *Storm) linkFaults(seed uint64, shape *Scenario) (all []Fault) {
	for _, kind := range composed {
		for i := range kind.count(&s.LinkStorm) {
			r := rng.Stream(seed, "storm "+kind.name, uint64(i))
			all = append(all, kind.draw(s, &r, shape)...)
		}
	}
	return all
}

// aimAtLinks draws which links a fault strikes, and how badly.
func (f *Fault) aimAtLinks(r *rng.Rand, servers int) {
	switch f.Kind {
	case Forge:
		f.Hosts = chooseSorted[node.ID](r, servers, 1+r.Intn(servers))
		f.PerSecond = 1 + r.Intn(mostForged)
		return
	case SlowLinks:
		median := drawSpan(r, shortestDelay, longestDelay).Duration()
		f.Latency.Latency = netmodel.LogNormal(median, delaySigma)
	case Limit:
		f.BytesPerSecond = leastBandwidth + r.Intn(mostBandwidth-leastBandwidth+1)
		f.QueueBytes = leastQueue + r.Intn(mostQueue-leastQueue+1)
	case MTU:
		f.Bytes = leastMTU + r.Intn(mostMTU-leastMTU+1)
	}
	if scope := r.Intn(3); scope > 0 && servers > 1 {
		f.Hosts = chooseSorted[node.ID](r, servers, 1+r.Intn(servers/2))
		f.OneWay = scope > 1
	}
}

// halfOpen lets a server either hear or speak.
func (s *Storm) halfOpen(r *rng.Rand, shape *Scenario) []Fault {
	f := s.cut(r)
	one := []node.ID{node.ID(r.Intn(shape.Servers))}
	f.OneWay = true
	if r.Below(2) == 0 {
		f.Hosts = one
	} else {
		f.Others = one
	}
	return enough(f, shape.Servers, 2)
}

// bridge leaves at least one server between the two that are parted.
func (s *Storm) bridge(r *rng.Rand, shape *Scenario) []Fault {
	f := s.cut(r)
	order := chooseSorted[node.ID](r, shape.Servers, shape.Servers)
	r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	parted := len(order) - 1 - r.Intn(max(1, len(order)/3))
	if parted < 2 {
		return nil
	}
	left := 1 + r.Intn(parted-1)
	f.Hosts, f.Others = once(order[:left]), once(order[left:parted])
	return []Fault{f}
}

// linkFlap cuts one link again and again.
func (s *Storm) linkFlap(r *rng.Rand, shape *Scenario) (all []Fault) {
	at, length := s.period(r, shortestFlap, longestFlap)
	ends := chooseSorted[node.ID](r, shape.Servers, 2)
	if len(ends) < 2 {
		return nil
	}
	for _, down := range flap(r, at, at+length, 0) {
		all = append(all, Fault{
			Kind: Partition, At: down.At, For: down.For, Hosts: ends[:1], Others: ends[1:],
		})
	}
	return all
}

// swizzle is FoundationDB's swizzle-clogging.
func (s *Storm) swizzle(r *rng.Rand, shape *Scenario) (all []Fault) {
	at, length := s.period(r, shortestSwizzle, longestSwizzle)
	if shape.Servers < 2 {
		return nil
	}
	count := 2 + r.Intn(min(shape.Servers, mostSwizzled)-1)
	for _, id := range chooseSorted[node.ID](r, shape.Servers, count) {
		begin := at + drawSpan(r, 0, length.Duration()/3)
		end := at + length - drawSpan(r, 0, length.Duration()/3)
		all = append(all, Fault{Kind: Clog, At: begin, For: end - begin, Hosts: []node.ID{id}})
	}
	return all
}

// rackSplit cuts off up to half of the racks, but for the links between them.
func (s *Storm) rackSplit(r *rng.Rand, shape *Scenario) []Fault {
	if shape.Racks < 2 {
		return nil
	}
	f := s.cut(r)
	off := make([]bool, shape.Racks)
	for _, rack := range chooseSorted[uint32](r, shape.Racks, 1+r.Intn(shape.Racks/2)) {
		off[rack] = true
	}
	for id := range node.ID(shape.Servers) {
		if off[shape.RackOf(id)] {
			f.Hosts = append(f.Hosts, id)
		}
	}
	return enough(f, len(f.Hosts), 1)
}

// cut draws when a partition begins, and for how long.
func (s *Storm) cut(r *rng.Rand) Fault {
	f := Fault{Kind: Partition}
	f.At, f.For = s.period(r, shortestCut, longestCut)
	return f
}

// enough is the fault, or none where there are fewer than the least.
func enough(f Fault, servers, least int) []Fault {
	if servers < least {
		return nil
	}
	return []Fault{f}
}
