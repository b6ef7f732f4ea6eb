package scenarios

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Checkers says how a scenario is judged, where that is not by all promises of its kind with the bounds
// that follow from its configuration.
type Checkers struct {
	// OthersOff switches off what Each does not name.
	OthersOff bool `json:"others_off,omitempty"`
	// Each is about one property each, in the order of their names.
	Each []Check `json:"each,omitempty"`
}

// Check is how one property is judged.
type Check struct {
	// Property is named as in reports: "map-convergence".
	Property string `json:"property"`
	// Off: what breaks it is no violation.
	Off bool `json:"off,omitempty"`
	// Bound takes the place of the one that is derived from the configuration; 0 leaves that.
	Bound Span `json:"bound,omitempty"`
}

// Checkable is a property that runs of some kind are held to.
type Checkable struct {
	Property string
	// Bounded: it has to come true within a bound, which may be set.
	Bounded bool
}

// CheckableBy joins what has a bound and what has none.
func CheckableBy(bounded, unbounded []string) []Checkable {
	all := make([]Checkable, 0, len(bounded)+len(unbounded))
	for _, property := range bounded {
		all = append(all, Checkable{property, true})
	}
	for _, property := range unbounded {
		all = append(all, Checkable{Property: property})
	}
	return all
}

// Of returns what has been said of a property, if it has been named.
func (c *Checkers) Of(property string) (check Check, named bool) {
	if c == nil {
		return check, false
	}
	i, named := c.find(property)
	if named {
		check = c.Each[i]
	}
	return check, named
}

func (c *Checkers) find(property string) (int, bool) {
	return slices.BinarySearchFunc(c.Each, property, func(c Check, property string) int {
		return cmp.Compare(c.Property, property)
	})
}

// Set says how a property is judged. Checkers copied from c keep theirs.
func (c *Checkers) Set(check Check) {
	c.Each = slices.Clone(c.Each)
	if i, named := c.find(check.Property); named {
		c.Each[i] = check
	} else {
		c.Each = slices.Insert(c.Each, i, check)
	}
}

// Off reports whether what breaks a property is no violation.
func (s *Scenario) Off(property string) bool {
	check, named := s.Checkers.Of(property)
	if !named && s.Checkers != nil {
		return s.Checkers.OthersOff
	}
	return check.Off
}

// Bound is the time within which a property has to come true: what has been said, or else what is
// derived from the configuration.
func (s *Scenario) Bound(property string, derived time.Duration) time.Duration {
	if check, _ := s.Checkers.Of(property); check.Bound > 0 {
		return check.Bound.Duration()
	}
	return derived
}

// LongestBound is the longest that has been set, 0 without any: for so long a run has to go on after
// its last fault to be judged by it.
func (s *Scenario) LongestBound() (longest time.Duration) {
	if s.Checkers == nil {
		return 0
	}
	for _, check := range s.Checkers.Each {
		longest = max(longest, check.Bound.Duration())
	}
	return longest
}

// validate reports what is wrong with c by itself. Which properties there are is for [Scenario.Judged]
// to say.
func (c *Checkers) validate() error {
	if c == nil {
		return nil
	}
	if !c.OthersOff && len(c.Each) == 0 {
		return errors.New("expected at least one property")
	}
	for i, check := range c.Each {
		switch {
		case i > 0 && c.Each[i-1].Property >= check.Property:
			return fmt.Errorf("%q, expected each property once and in the order of their names",
				check.Property)
		case check.Bound < 0 || check.Bound > Span(MaxDuration):
			return fmt.Errorf("%s: %v, expected a bound up to %v",
				check.Property, check.Bound, MaxDuration)
		case check.Off && check.Bound > 0:
			return fmt.Errorf("%s: expected off or a bound", check.Property)
		}
	}
	return nil
}

// Judged checks that the scenario says nothing but of properties that runs of its kind are held to.
func (s *Scenario) Judged(by []Checkable) error {
	if s.Checkers == nil {
		return nil
	}
	var known []string
	for _, property := range by {
		known = append(known, property.Property)
	}
	for _, check := range s.Checkers.Each {
		i := slices.Index(known, check.Property)
		if i < 0 {
			return fmt.Errorf("checkers.%s: no such property%s; of %s there are %s", check.Property,
				DidYouMean(check.Property, known), s.kind(), strings.Join(known, ", "))
		}
		if check.Bound > 0 && !by[i].Bounded {
			return fmt.Errorf("checkers.%s: %v, but it has no bound: expected on or off",
				check.Property, check.Bound)
		}
	}
	return nil
}

var checkSettings = []setting{
	{"check", "how a property is judged: probe-budget:off, map-convergence:40s for a bound, or :on; " +
		"others:off for those that are not named", setCheck},
}

// setCheck changes how one property is judged. Scenarios copied from s keep theirs.
func setCheck(s *Scenario, value string) error {
	property, how, found := strings.Cut(value, ":")
	if !found || property == "" {
		return fmt.Errorf("%q, expected check=NAME:VALUE, where VALUE is on, off or a time", value)
	}
	var changed Checkers
	if s.Checkers != nil {
		changed = *s.Checkers
	}
	s.Checkers = &changed
	check := Check{Property: property, Off: how == "off"}
	switch {
	case how != "on" && how != "off":
		if err := setSpan(&check.Bound, how, time.Millisecond, MaxDuration); err != nil {
			return fmt.Errorf("%w, on or off", err)
		}
	case property == "others":
		changed.OthersOff = check.Off
		return nil
	}
	changed.Set(check)
	return nil
}
