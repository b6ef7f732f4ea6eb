package scenarios

import (
	"errors"
	"fmt"
)

// Guest says that a scenario's servers run a protocol that is not ours. Its code is in a test of
// its owner's, and only that can run the scenario; see package universe.
type Guest struct {
	// Package is the import path of the test's package, Test the name of the test.
	Package string `json:"package"`
	Test    string `json:"test"`
	// Settle is how long a run has to go on after its last fault for everything to be judged. Only
	// the owner could know; it is taken from how long the scenario's runs do go on.
	Settle Span `json:"settle"`
}

// Command is how the test is run.
func (g *Guest) Command() string {
	return fmt.Sprintf("go test -run '^%s$' %s", g.Test, g.Package)
}

// validateGuest checks a scenario of a protocol that is not ours. It may have origins: whatever its
// servers probe.
func (s *Scenario) validateGuest() error {
	if s.Origins < 0 || s.Origins > MaxOrigins {
		return fmt.Errorf("origins: %d, expected 0 to %d", s.Origins, MaxOrigins)
	}
	if s.Guest.Settle < 0 || s.Guest.Settle > Span(MaxDuration) {
		return fmt.Errorf("guest.settle: %v, expected 0 to %v", s.Guest.Settle, MaxDuration)
	}
	ours := *s
	ours.Origins = 0
	if err := ours.withoutOrigins("a protocol of your own"); err != nil {
		return err
	}
	if s.Trial != nil {
		return errors.New("trial: only a group goes through one")
	}
	if t := s.Storm; s.Origins == 0 && t != nil && t.ofOrigins() > 0 {
		return errors.New("storm: outages, flaps and registrations are of origins, and there are none")
	}
	return nil
}

// ofOrigins is how many faults the storm asks for that strike origins.
func (s *Storm) ofOrigins() int {
	return s.Outages + s.Flaps + s.Registrations + s.Unregistrations
}
