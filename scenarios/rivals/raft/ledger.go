package raft

import (
	"slices"

	"butterfly/scenarios/rivals/station"
)

// ledger is what the log has led to at a voter, with the last commands: what is news to whoever
// polls. It implements voter.Machine.
type ledger struct {
	config *station.Config
	keep   int
	agreed
	index  uint64  // of the last entry that has changed something, or of the snapshot
	since  uint64  // recent has all commands after this entry
	recent []entry // ascending
}

// entry is one command.
type entry struct {
	index   uint64
	command []byte
}

// Apply implements voter.Machine.
func (l *ledger) Apply(index uint64, command []byte) {
	eachChange(command, func(c change) {
		if l.fits(c) {
			l.make(c)
		}
	})
	l.index = index
	l.recent = append(l.recent, entry{index, slices.Clone(command)})
	if surplus := len(l.recent) - l.keep; surplus > 0 {
		l.since = l.recent[surplus-1].index
		l.recent = slices.Delete(l.recent, 0, surplus)
	}
}

// AppendState implements voter.Machine.
func (l *ledger) AppendState(b []byte) []byte { return l.agreed.append(b) }

// Restore implements voter.Machine.
func (l *ledger) Restore(index uint64, state []byte) {
	l.agreed = newAgreed(l.config)
	if len(state) > 0 && !l.parse(state) {
		panic("raft: a snapshot is not one of this log")
	}
	l.index, l.since, l.recent = index, index, l.recent[:0]
}

// tell appends to body what is new since entry index: changes, or if those are no longer there the
// whole of it.
func (l *ledger) tell(index uint64, body []byte) (_ []byte, whole bool) {
	if index < l.since || index > l.index {
		return l.agreed.append(body), true
	}
	for _, e := range l.recent {
		if e.index > index {
			body = append(body, e.command...)
		}
	}
	return body, false
}
