package world

import (
	"fmt"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/node/contact"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// addresses is where the hosts are that move in a plan, and where the others believe them to be. All
// other hosts stay where they are, and everybody knows.
type addresses struct {
	numbers []int // per host: its place among the movers, -1 for one that stays
	movers  []mover
	known   [][]knowledge // of each host about each mover
}

// knowledge is what one host knows of a mover.
type knowledge struct {
	contact.Contact[address]
	gone   bool       // or not met in this life
	looked clock.Time // when it last looked where the mover is
}

// lookEvery is how long a server that misses a seed waits before it looks again where that one is, as
// a live one does.
const lookEvery = 30 * time.Second

// address counts how often a host has moved before it came there.
type address int

// mover is a host that moves.
type mover struct {
	lives  []int    // those that it has begun elsewhere than the one before, in order
	words  []saying // what it has said of itself
	moving *bite    // of the crash that makes it move at its return, nil without
	moved  *bite    // of the one that did so last
}

// saying is where a host is that says of itself what has this hash.
type saying struct {
	hash uint64
	at   address
}

// at is where the host is in one of its lives.
func (m *mover) at(life int) (at address) {
	for int(at) < len(m.lives) && m.lives[at] <= life {
		at++
	}
	return at
}

// meant is where somebody is who says what has this hash, if it has said so before.
func (m *mover) meant(hash uint64) (at address, known bool) {
	i := slices.IndexFunc(m.words, func(s saying) bool { return s.hash == hash })
	if i < 0 {
		return 0, false
	}
	return m.words[i].at, true
}

// newAddresses returns nil if nobody moves.
func newAddresses(hosts int, plan []scenarios.Fault) *addresses {
	a := &addresses{numbers: slices.Repeat([]int{-1}, hosts)}
	for i := range plan {
		if plan[i].Moved {
			a.enlist(plan[i].Hosts)
		}
	}
	if len(a.movers) == 0 {
		return nil
	}
	a.known = make([][]knowledge, hosts)
	for host := range a.known {
		a.known[host] = make([]knowledge, len(a.movers))
	}
	return a
}

func (a *addresses) enlist(hosts []node.ID) {
	for _, id := range hosts {
		if a.numbers[id] < 0 {
			a.numbers[id] = len(a.movers)
			a.movers = append(a.movers, mover{})
		}
	}
}

// mover returns nil for a host that stays.
func (a *addresses) mover(id node.ID) *mover {
	if a == nil || a.numbers[id] < 0 {
		return nil
	}
	return &a.movers[a.numbers[id]]
}

// about is what one host knows of a mover.
func (a *addresses) about(host, mover node.ID) *knowledge {
	return &a.known[host][a.numbers[mover]]
}

// moveOut notes that a crash makes a host return elsewhere.
func (w *World[M]) moveOut(id node.ID, f *scenarios.Fault, b *bite) {
	if f.Moved {
		w.addresses.mover(id).moving = b
	}
}

// settleAt gives a host that begins a life its address, and tells it where the others are. Whatever is
// on its way to where it was gets there, and finds nobody.
func (w *World[M]) settleAt(id node.ID) {
	a := w.addresses
	if a == nil {
		return
	}
	if m := a.mover(id); m != nil && m.moving != nil {
		m.moved, m.moving = m.moving, nil
		m.lives = append(m.lives, w.kernel.Life(id))
		m.moved.moved++
		m.moved.missent += w.kernel.Lose(id)
	}
	for i := range a.movers {
		a.known[id][i] = knowledge{
			Contact: contact.Guess(address(len(a.movers[i].lives))), gone: true, looked: w.Now(),
		}
	}
}

// sayWhere has a host that moves say where it is, as soon as it has begun.
func (w *World[M]) sayWhere(id node.ID) {
	m := w.addresses.mover(id)
	describer, ok := w.hosts[id].machine.(node.Describer[M])
	if m == nil || !ok {
		return
	}
	where := fmt.Appendf(nil, "server %d, address %d", id, len(m.lives))
	w.atWork = id
	err := describer.Describe(w.hosts[id].time(w.Now()), where, &w.out)
	w.atWork = nobody
	if err != nil {
		panic(fmt.Sprintf("world: server %d cannot say where it is: %v", id, err))
	}
	w.apply(id)
}

// hear notes where a datagram came from that a host gets: from where its sender was in that life.
func (a *addresses) hear(host, from node.ID, life int) {
	if m := a.mover(from); m != nil {
		a.about(host, from).Hear(m.at(life))
	}
}

// learn notes what an event of a host says of where somebody is. Whatever a host says of itself, it
// says where it is; the others know it by its hash.
func (a *addresses) learn(host node.ID, life int, e *node.Event) {
	switch e.Kind {
	case node.Described:
		if m := a.mover(host); m != nil {
			m.say(e.B, m.at(life))
		}
	case node.MemberAlive, node.MemberDead, node.MemberLeft:
		if int64(e.Subject) < int64(len(a.numbers)) {
			a.learnOf(host, node.ID(e.Subject), e)
		}
	}
}

// say notes what a mover says that is somewhere.
func (m *mover) say(hash uint64, at address) {
	if _, known := m.meant(hash); !known {
		m.words = append(m.words, saying{hash, at})
	}
}

// learnOf goes by the rule of package contact.
func (a *addresses) learnOf(host, member node.ID, e *node.Event) {
	m := a.mover(member)
	if m == nil {
		return
	}
	known := a.about(host, member)
	known.gone = e.Kind != node.MemberAlive
	if at, said := m.meant(e.B); said && !known.gone {
		known.Say(at)
		return
	}
	known.Unsay()
}

// astray reports whether a message goes to where its receiver is no more, which is then lost.
func (w *World[M]) astray(from, to node.ID, size int) bool {
	m := w.addresses.mover(to)
	if m == nil || w.lookUp(from, to) == address(len(m.lives)) {
		return false
	}
	m.moved.missent++
	w.remarkDrop(from, to, size, dropAstray)
	return true
}

// lookUp is where a host believes a mover to be. A seed has a name that leads to where it is: who
// misses it looks there from time to time.
func (w *World[M]) lookUp(host, id node.ID) address {
	known := w.addresses.about(host, id)
	if known.gone && w.Now().Sub(known.looked) >= lookEvery && slices.Contains(w.spec.Seeds, id) {
		known.looked = w.Now()
		known.Hear(address(len(w.addresses.mover(id).lives)))
	}
	return known.Address()
}
