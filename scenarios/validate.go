package scenarios

import (
	"fmt"
	"strings"
	"time"

	"butterfly/sim/rng"
)

// Limits on what a scenario may ask for, so that no file can ask for a week of computing by
// mistake.
const (
	MaxServers  = 10_000
	MaxOrigins  = 1_000_000
	MaxDuration = 7 * 24 * time.Hour
	// MinDuration: a shorter run would be over before the servers have started.
	MinDuration = 10 * time.Second
	MaxFaults   = 10_000
	// MaxDatacenters limits how many clusters one run may have.
	MaxDatacenters = 1000
	// MaxChecks limits servers times origins or keys: every server has a replica of the whole map.
	MaxChecks = 10_000_000
	// MaxName is how many bytes the name of a scenario may have.
	MaxName = 64
)

// Validate reports the first thing wrong with the scenario, naming the field.
func (s *Scenario) Validate() error {
	switch {
	case !validName(s.Name):
		return fmt.Errorf("name: %q, expected 1 to %d of a-z, 0-9 and -, the first no -",
			s.Name, MaxName)
	case s.Servers < 1 || s.Servers > MaxServers:
		return fmt.Errorf("servers: %d, expected 1 to %d", s.Servers, MaxServers)
	case s.Duration.Duration() < MinDuration || s.Duration.Duration() > MaxDuration:
		return fmt.Errorf("duration: %v, expected %v to %v", s.Duration, MinDuration, MaxDuration)
	case s.LossPPM > rng.Always:
		return fmt.Errorf("loss_ppm: %d, expected 0 to %d", s.LossPPM, rng.Always)
	case len(s.Faults) > MaxFaults:
		return fmt.Errorf("faults: %d, expected at most %d", len(s.Faults), MaxFaults)
	}
	if err := s.validateRacks(); err != nil {
		return err
	}
	if err := s.validatePlaces(); err != nil {
		return err
	}
	if err := s.validateRegions(); err != nil {
		return err
	}
	if err := s.validateKind(); err != nil {
		return err
	}
	if err := s.Budget.validate(); err != nil {
		return fmt.Errorf("budget: %w", err)
	}
	if err := s.Checkers.validate(); err != nil {
		return fmt.Errorf("checkers: %w", err)
	}
	if err := s.Latency.Validate(); err != nil {
		return err // it names the field itself
	}
	if err := s.Schedule.Validate(); err != nil {
		return fmt.Errorf("schedule.%w", err)
	}
	if err := s.Vary.validate(s); err != nil {
		return fmt.Errorf("vary.%w", err)
	}
	return s.validateFaults()
}

// validateFaults checks what goes wrong. It has to make sense with as few servers as the seed may
// draw.
func (s *Scenario) validateFaults() error {
	servers := s.fewestServers()
	if err := s.validateOther(); err != nil {
		return err
	}
	for i := range s.Faults {
		if err := s.Faults[i].Validate(servers, s.fewestOrigins(), s.Duration); err != nil {
			return fmt.Errorf("faults[%d].%w", i, err)
		}
		if err := s.validateDefinition(&s.Faults[i]); err != nil {
			return fmt.Errorf("faults[%d].%w", i, err)
		}
		if s.Faults[i].Moved && s.staysPut() {
			return fmt.Errorf("faults[%d].moved: expected none of %s: its servers cannot say where they are",
				i, s.kind())
		}
		if s.Faults[i].Kind == NoSockets && s.Origins == 0 {
			return fmt.Errorf("faults[%d].kind: %s, but there are no origins to probe", i, NoSockets)
		}
	}
	if err := s.validateRates(); err != nil {
		return err
	}
	if s.Storm != nil {
		return s.validateStorm()
	}
	if s.Trial != nil {
		if err := s.Trial.validate(servers, s.Duration); err != nil {
			return fmt.Errorf("trial.%w", err)
		}
	}
	return nil
}

// staysPut reports whether the servers of a scenario cannot move, because nothing would tell the others
// where to. Of a guest that is the guest's affair.
func (s *Scenario) staysPut() bool { return s.Group != nil || s.Replicas != nil || s.Cap != nil }

// validName keeps names fit for terminals, file names and command lines, wherever they come from.
func validName(name string) bool {
	strange := func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'
	}
	return name != "" && len(name) <= MaxName && name[0] != '-' &&
		strings.IndexFunc(name, strange) < 0
}

// validateStorm checks the storm, and that what it asks for is inside the budget and can be drawn.
func (s *Scenario) validateStorm() error {
	if err := s.Storm.Validate(s.Duration); err != nil {
		return err
	}
	if err := s.validateLoss(s.Storm.LossPPM); err != nil {
		return fmt.Errorf("storm.%w", err)
	}
	return s.validateDrawable()
}
