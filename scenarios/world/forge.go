package world

import (
	"butterfly/node"
	"butterfly/sim/rng"
)

// outsiders are those who forge datagrams, and what they have overheard.
type outsiders struct {
	active int // faults in force
	heard  [maxOverheard]overheard
	count  int // datagrams overheard so far; the last are in heard
}

// overheard is a datagram as it was sent.
type overheard struct {
	from     node.ID
	datagram []byte
}

const (
	// maxOverheard is how many datagrams outsiders remember.
	maxOverheard = 64
	// longestNoise is the size of the longest noise in bytes: that of the largest datagrams.
	longestNoise = 1400
)

// forgery is a way to make a datagram.
type forgery int

const (
	noise forgery = iota
	shortened
	altered
	repeated

	forgeries // how many there are
)

func (w *World[M]) beginForging(index int) {
	w.outsiders.active++
	w.kernel.Control(w.spec.Faults[index].Period(), forgeNext|uint32(index))
}

// endForging lets outsiders forget what they have heard when the last of them is gone.
func (w *World[M]) endForging() {
	w.outsiders.active--
	if w.outsiders.active == 0 {
		w.outsiders.count = 0
	}
}

// overhear lets outsiders take down a datagram that is sent.
func (w *World[M]) overhear(from node.ID, m *M) {
	if w.outsiders.active == 0 {
		return
	}
	o := &w.outsiders.heard[w.outsiders.count%maxOverheard]
	o.from, o.datagram = from, w.codecOf(from).Append(o.datagram[:0], m)
	w.outsiders.count++
}

// forge makes the next datagram of a fault, shows it to the parser as if no key had refused it, and
// delivers it only if the carrier is bare. What an outsider does depends on the seed, the fault and how
// many datagrams it has made, and on what it has overheard.
func (w *World[M]) forge(index int) {
	f, state := &w.spec.Faults[index], &w.faults[index]
	if w.Now().Since() >= f.End().Duration() {
		return
	}
	w.kernel.Control(f.Period(), forgeNext|uint32(index))
	luck := rng.Named(w.spec.Seed, "forge").At2(uint64(index), state.forged)
	state.forged++
	to := f.Hosts[luck.Intn(len(f.Hosts))]
	from, datagram := w.forged(&luck, to)
	if from == to {
		return // there is nobody else in whose name to speak
	}
	state.bite.forged++
	passes := w.parses(to, datagram)
	if passes {
		state.bite.parsed++
	}
	if passes && w.spec.BareCarrier {
		w.kernel.Replay(w.kernel.Pack(from, &w.decoded, len(datagram)), to, 0)
		return
	}
	w.remarkDrop(from, to, len(datagram), dropForged)
}

// forged makes a datagram for a host. What was overheard goes out under the name it was sent under.
func (w *World[M]) forged(luck *rng.Rand, to node.ID) (from node.ID, datagram []byte) {
	from = (to + 1 + node.ID(luck.Intn(len(w.hosts)-1))) % node.ID(len(w.hosts))
	kind := forgery(luck.Intn(int(forgeries)))
	known := min(w.outsiders.count, maxOverheard)
	if kind == noise || known == 0 {
		w.wire = appendNoise(w.wire[:0], luck)
		return from, w.wire
	}
	o := &w.outsiders.heard[luck.Intn(known)]
	w.wire = append(w.wire[:0], o.datagram...)
	if o.from != to {
		from = o.from
	}
	return from, spoil(w.wire, kind, luck)
}

func appendNoise(b []byte, luck *rng.Rand) []byte {
	for range luck.Intn(longestNoise + 1) {
		b = append(b, byte(luck.Uint64()))
	}
	return b
}

// spoil shortens or alters a datagram: any byte of it may become any other. Empty ones stay empty.
func spoil(datagram []byte, kind forgery, luck *rng.Rand) []byte {
	if len(datagram) == 0 {
		return datagram
	}
	switch kind {
	case shortened:
		left := luck.Intn(len(datagram))
		return datagram[:left:left]
	case altered:
		for range 1 + luck.Intn(3) {
			datagram[luck.Intn(len(datagram))] ^= byte(1 + luck.Intn(255))
		}
	}
	return datagram
}
