package scenarios

import (
	"fmt"

	"butterfly/sim/rng"
)

var capSettings = []setting{
	{"replication", "how registers are replicated: map or raft", ofCap(func(c *Cap, value string) error {
		c.Replication = Replication(value)
		return c.Replication.validate()
	})},
	{"clients", "how many clients the registers have", ofCap(func(c *Cap, value string) error {
		return setCount(&c.Clients, value, 1, MaxClients)
	})},
	{"registers", "how many registers there are", ofCap(func(c *Cap, value string) error {
		return setCount(&c.Keys, value, 1, MaxOrigins)
	})},
	{"seats", "how many seats are for sale", ofCap(func(c *Cap, value string) error {
		return setCount(&c.Seats, value, 1, MaxSeats)
	})},
	{"think", "how long a client thinks between an answer and its next question, on average",
		ofCap(func(c *Cap, value string) error {
			return setSpan(&c.Think, value, minThink.Duration(), maxPeriod.Duration())
		})},
	{"timeout", "how long a client waits for an answer", ofCap(func(c *Cap, value string) error {
		return setSpan(&c.Timeout, value, minPeriod.Duration(), maxPeriod.Duration())
	})},
	{"buys", "share of operations that buy a seat", ofCap(func(c *Cap, value string) (err error) {
		c.BuyPPM, err = rng.ParsePPM(value)
		return err
	})},
	{"own", "whether clients insist on reading their own writes: on or off",
		ofCap(func(c *Cap, value string) error { return setSwitch(&c.Own, value) })},
}

// ofCap makes a setting of one that changes registers. Scenarios copied from s keep theirs.
func ofCap(set func(*Cap, string) error) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Cap == nil {
			return fmt.Errorf("the scenario %s is of %s, not of registers", s.Name, s.kind())
		}
		changed := *s.Cap
		s.Cap = &changed
		return set(s.Cap, value)
	}
}
