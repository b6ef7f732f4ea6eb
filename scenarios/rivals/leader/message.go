package leader

import (
	"butterfly/node/health"
	"butterfly/scenarios/rivals/station"
)

// Kind is what a message is for.
type Kind uint8

const (
	// Beat is the datagram by which a leader shows itself.
	Beat Kind = iota + 1
	// Report is a follower's request to its leader.
	Report
	// Orders is the leader's reply to a report.
	Orders
)

// Message is one message between servers. Fields that its kind does not have are zero.
type Message struct {
	Kind Kind
	// Term is that of the leader that sends, or that is reported to.
	Term uint64
	// Rank of a beat is the place of the receiver among the live followers, from 0, by which it is
	// to step up when its turn comes.
	Rank uint32
	// Version of a report is that of the assignment by which the follower works, 0 for none of this
	// term; of orders it is that of the assignment in force, 0 for none yet.
	Version uint64
	// News of a report is the number of the last news that the follower has; of orders, of the last
	// that these bring.
	News uint64
	// Results of a report are what the follower's checks have found since it last reported; of
	// orders, what is news to the follower. The same goes for Registrations.
	Results       []Result
	Registrations []station.Registration
	// Given orders have the assignment: the origins that the follower is to check, ascending.
	// Without it Version is the one reported.
	Given    bool
	Assigned []uint32
}

// Result is what is known of one origin.
type Result struct {
	Origin uint32
	// Status is [health.Healthy] or [health.Unhealthy].
	Status health.Status
}

// Reset empties m and keeps its memory.
func (m *Message) Reset() {
	results, registrations, assigned := m.Results, m.Registrations, m.Assigned
	*m = Message{
		Results: results[:0], Registrations: registrations[:0], Assigned: assigned[:0],
	}
}
