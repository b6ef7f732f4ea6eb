package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// outage is one host's time down, and what the others learn of it. It is kept and reused per host.
type outage struct {
	open     bool // the host is down now
	departed bool // it had left or yielded before: it did not crash
	at       clock.Time
	noticed  bool       // somebody has detected it
	awaited  int        // how many witnesses are
	released clock.Time // when one that was awaited last noticed; 0 if none has
	views    []witness  // by observer
}

// witness is one observer's part in an outage.
type witness struct {
	peer     bool // on the same side at the crash, and not down since
	owes     bool // such a peer that held the host to be a member at the crash
	awaited  bool // it owes, and holds the host to be a member now
	detected bool
	reported bool // its failure to notice has been reported
	// taught is when it last came to hold the host alive by a higher incarnation than before: the
	// newest it had heard of was still on its way when the host crashed, and has to be found dead
	// anew.
	taught      clock.Time
	incarnation uint64 // 1 + that incarnation, 0 for none
}

// begin opens an outage among hosts.
func (u *outage) begin(at clock.Time, hosts int) {
	views := append(u.views[:0], make([]witness, hosts)...)
	*u = outage{open: true, at: at, views: views}
}

// addPeer notes that observer is on the host's side when it goes down, and whether it holds it to
// be a member.
func (u *outage) addPeer(observer node.ID, member bool) {
	u.views[observer] = witness{peer: true, owes: member, awaited: member}
	u.awaited += oneIf(member)
}

// forgetWitness notes that observer went down, and with it all it knew of the outage.
func (u *outage) forgetWitness(observer node.ID) {
	if u.open {
		u.awaited -= oneIf(u.views[observer].awaited)
		u.views[observer] = witness{}
	}
}

// hold notes that observer holds the host to be a member, as it may do again after it has noticed:
// one that owes is awaited for as long as it does.
func (u *outage) hold(observer node.ID) {
	if !u.open || !u.views[observer].owes || u.views[observer].awaited {
		return
	}
	u.views[observer].awaited = true
	u.awaited++
}

// release notes that observer no longer holds the host to be a member. It reports whether it was
// awaited.
func (u *outage) release(observer node.ID, at clock.Time) (awaited bool) {
	if !u.open || !u.views[observer].awaited {
		return false
	}
	u.views[observer].awaited = false
	u.awaited--
	u.released = at
	return true
}

// awaitedHosts returns who has not noticed, of those that are awaited.
func (u *outage) awaitedHosts() hostList {
	var hosts hostList
	for observer := range u.views {
		if u.views[observer].awaited {
			hosts = append(hosts, node.ID(observer))
		}
	}
	return hosts
}

// due is the last moment at which the observer may still hold the host.
func (u *outage) due(observer node.ID, undisturbed clock.Time, bound time.Duration) clock.Time {
	return max(u.at, undisturbed, u.views[observer].taught).Add(bound)
}

// teach notes that observer holds the host alive, or suspects it without having held it before.
func (u *outage) teach(observer node.ID, incarnation uint64, at clock.Time) {
	if w := &u.views[observer]; incarnation+1 > w.incarnation {
		w.incarnation, w.taught = incarnation+1, at
	}
}
