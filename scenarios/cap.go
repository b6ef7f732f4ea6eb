package scenarios

import (
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// Cap is a scenario's servers as replicas of registers and of the seats of a concert hall, with
// clients that read and write the ones and buy the others. A client sits beside a server, its home,
// and is cut off together with it.
type Cap struct {
	// Replication is how the servers keep the same.
	Replication Replication `json:"replication"`
	// Clients is how many there are; their homes are the servers in turn. Half of them, those of
	// even numbers, stay with their homes; each of the others asks any server, another one each
	// time.
	Clients int `json:"clients"`
	// Keys is how many registers there are, Seats how many seats.
	Keys  int `json:"keys"`
	Seats int `json:"seats"`
	// Think is how long a client thinks between an answer and its next question, on average.
	Think Span `json:"think"`
	// Timeout is how long it waits for an answer.
	Timeout Span `json:"timeout"`
	// BuyPPM is the share of operations that buy a seat; half of the others read, half write.
	BuyPPM rng.PPM `json:"buy_ppm"`
	// Own: clients insist on reading their own writes. A server that has not got them does not
	// serve. Only the map has to be asked.
	Own bool `json:"own,omitempty"`
}

// Replication names how servers keep the same.
type Replication string

const (
	// ByMap: each server answers by what it has, and gossip spreads it.
	ByMap Replication = "map"
	// ByRaft: an operation is answered when it is in a replicated log.
	ByRaft Replication = "raft"
)

// Replications returns all ways in which servers keep the same.
func Replications() []Replication { return []Replication{ByMap, ByRaft} }

func (r Replication) validate() error { return oneOf(r, Replications()) }

// Limits on what a scenario of registers may ask for: every operation is in a history that is
// judged. To judge the history of a register takes time that grows exponentially with how many ask
// for it at once: when a log has a leader again, all that have waited are answered. 15 clients of
// one took 20 ms, 30 took longer than anybody has waited.
//
// With fewer than three servers there is no majority to be cut off from: whatever the network does,
// a run would show nothing of what these scenarios are about.
const (
	minCapServers = 3
	maxCapServers = 99
	// MaxClients is how many clients there may be, and MaxSeats how many seats.
	MaxClients    = 1000
	MaxSeats      = 100_000
	maxOperations = 200_000
	minThink      = Span(time.Millisecond)

	clientsPerRegister = 10
)

// validate reports the first thing wrong with the registers of s.
func (c *Cap) validate(s *Scenario) error {
	switch {
	case c.Clients < 1 || c.Clients > MaxClients:
		return fmt.Errorf("clients: %d, expected 1 to %d", c.Clients, MaxClients)
	case c.Keys < 1 || c.Keys > MaxOrigins:
		return fmt.Errorf("keys: %d, expected 1 to %d", c.Keys, MaxOrigins)
	case c.Clients > clientsPerRegister*c.Keys:
		return fmt.Errorf("clients: %d, expected at most %d for each of %d registers",
			c.Clients, clientsPerRegister, c.Keys)
	case c.Seats < 1 || c.Seats > MaxSeats:
		return fmt.Errorf("seats: %d, expected 1 to %d", c.Seats, MaxSeats)
	case c.BuyPPM > rng.Always:
		return fmt.Errorf("buy_ppm: %d, expected 0 to %d", c.BuyPPM, rng.Always)
	case c.Own && c.Replication != ByMap:
		return fmt.Errorf("own: expected only with replication %q", ByMap)
	}
	if err := c.Replication.validate(); err != nil {
		return fmt.Errorf("replication: %w", err)
	}
	return c.validateTimes(s.Duration)
}

func (c *Cap) validateTimes(duration Span) error {
	if c.Think < minThink || c.Think > maxPeriod {
		return fmt.Errorf("think: %v, expected %v to %v", c.Think, minThink, maxPeriod)
	}
	if c.Timeout < minPeriod || c.Timeout > maxPeriod {
		return fmt.Errorf("timeout: %v, expected %v to %v", c.Timeout, minPeriod, maxPeriod)
	}
	if all := int64(c.Clients) * int64(duration/c.Think); all > maxOperations {
		return fmt.Errorf("clients x duration / think: %d, expected at most %d operations",
			all, maxOperations)
	}
	return nil
}
