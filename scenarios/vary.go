package scenarios

import (
	"fmt"

	"butterfly/sim/rng"
)

// Vary is what the seed draws, so that a hunt covers many sizes and networks. While it is there, the
// scenario's own value is the largest that may come out.
type Vary struct {
	// Servers is between how many servers there are; nil draws nothing.
	Servers *Range[int] `json:"servers,omitempty"`
	// Origins is between how many origins there are; nil draws nothing. The share of those that nobody
	// knows of stays.
	Origins *Range[int] `json:"origins,omitempty"`
	// LossPPM is between which shares of packets are lost on every link; nil draws nothing.
	LossPPM *Range[rng.PPM] `json:"loss_ppm,omitempty"`
}

// Range is the values from Least to Most, both included, each as likely as any other.
type Range[T ~int | ~uint32] struct {
	Least T `json:"least"`
	Most  T `json:"most"`
}

func (r *Range[T]) draw(luck *rng.Rand) T {
	return r.Least + T(luck.Below(uint64(r.Most-r.Least)+1))
}

// ifWide returns the range, or nil if it holds one value only: then there is nothing to draw.
func (r Range[T]) ifWide() *Range[T] {
	if r.Least == r.Most {
		return nil
	}
	return &r
}

// validate checks that the range ends at the value the scenario has.
func (r *Range[T]) validate(least, own T) error {
	if r != nil && (r.Least < least || r.Least > r.Most || r.Most != own) {
		return fmt.Errorf("%v to %v, expected a range from %v or more to %v",
			r.Least, r.Most, least, own)
	}
	return nil
}

// validate checks the ranges; there may be none.
func (v *Vary) validate(s *Scenario) error {
	if v == nil {
		return nil
	}
	if err := v.Servers.validate(1, s.Servers); err != nil {
		return fmt.Errorf("servers: %w", err)
	}
	if err := v.Origins.validate(1, s.Origins); err != nil {
		return fmt.Errorf("origins: %w", err)
	}
	if err := v.LossPPM.validate(0, s.LossPPM); err != nil {
		return fmt.Errorf("loss_ppm: %w", err)
	}
	return nil
}

// draw decides. Each thing has a stream of its own, so that varying one leaves the others as they were.
func (v *Vary) draw(seed uint64, s *Scenario) {
	if v.Servers != nil {
		luck := rng.Stream(seed, "vary servers", 0)
		s.Servers = v.Servers.draw(&luck)
	}
	if v.Origins != nil {
		luck := rng.Stream(seed, "vary origins", 0)
		s.resizeOrigins(v.Origins.draw(&luck))
	}
	if v.LossPPM != nil {
		luck := rng.Stream(seed, "vary loss", 0)
		s.LossPPM = v.LossPPM.draw(&luck)
	}
}

// resizeOrigins changes the number of origins, and keeps the share of those that nobody knows of.
func (s *Scenario) resizeOrigins(origins int) {
	before := int64(max(1, s.Origins)) // a product of both numbers does not fit an int of 32 bits
	s.Unregistered = int(int64(s.Unregistered) * int64(origins) / before)
	s.Origins = origins
}

// fewestServers is how many servers there are at least.
func (s *Scenario) fewestServers() int {
	if s.Vary == nil || s.Vary.Servers == nil {
		return s.Servers
	}
	return s.Vary.Servers.Least
}

// fewestOrigins is how many origins there are at least.
func (s *Scenario) fewestOrigins() int {
	if s.Vary == nil || s.Vary.Origins == nil {
		return s.Origins
	}
	return s.Vary.Origins.Least
}

// serversText is how many servers there are, or from how many to how many.
func (s *Scenario) serversText() string {
	if least := s.fewestServers(); least != s.Servers {
		return fmt.Sprintf("%d-%d", least, s.Servers)
	}
	return fmt.Sprint(s.Servers)
}

// vary changes what the seed draws, in a copy: scenarios copied from s keep theirs.
func (s *Scenario) vary(change func(*Vary)) {
	var v Vary
	if s.Vary != nil {
		v = *s.Vary
	}
	change(&v)
	s.Vary = nil
	if v != (Vary{}) {
		s.Vary = &v
	}
}
