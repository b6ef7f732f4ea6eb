package cap

import (
	"time"

	"butterfly/checkers"
)

// Availability is how available the servers were while they were cut off from each other, in the
// words of Bailis et al., "Highly available transactions: virtues and limitations" (VLDB 2014),
// section 4.
type Availability int

const (
	// Unavailable: some client that stayed with a server was not served.
	Unavailable Availability = iota
	// Sticky: all who stayed with a server were served, and some who moved were not.
	Sticky
	// Total: whoever reached any server was served by it.
	Total
)

// String is the word for it, wherever people read it.
func (a Availability) String() string {
	switch a {
	case Total:
		return "total"
	case Sticky:
		return "sticky"
	}
	return "unavailable"
}

// share counts operations whose servers were reached.
type share struct{ served, all int }

func (s *share) add(served bool) {
	s.all++
	if served {
		s.served++
	}
}

func (s *share) short() bool { return s.served < s.all }

// service is who was served while servers were cut off from each other.
type service struct {
	majority, minority share // by the side of the client
	staying, moving    share
}

// service counts the operations that had all their time within a cut. Those of whom it was not to
// be expected that they reach a server are no reason to complain of it.
func (h *history) service(timeout time.Duration) (s service) {
	for i := range h.records {
		r := &h.records[i]
		during := &h.spells[r.spell]
		if !during.cut || r.ended == 0 || r.outcome == Unreached || r.at.Add(timeout) > during.to {
			continue
		}
		served := r.outcome == Served
		if r.majority {
			s.majority.add(served)
		} else {
			s.minority.add(served)
		}
		if stays(r.client) {
			s.staying.add(served)
		} else {
			s.moving.add(served)
		}
	}
	return s
}

func (s *service) availability() Availability {
	switch {
	case s.staying.short():
		return Unavailable
	case s.moving.short():
		return Sticky
	}
	return Total
}

// report writes down what was measured. Of what nobody asked for there is nothing.
func (s *service) report(r *checkers.Report) {
	if s.majority.all > 0 {
		r.Metric("served_ratio_majority", s.majority.ratio())
	}
	if s.minority.all > 0 {
		r.Metric("served_ratio_minority", s.minority.ratio())
	}
	if s.staying.all > 0 && s.moving.all > 0 {
		r.Metric("availability", float64(s.availability()))
	}
}

func (s *share) ratio() float64 { return float64(s.served) / float64(s.all) }
