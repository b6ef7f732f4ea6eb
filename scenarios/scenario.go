package scenarios

import "butterfly/sim/rng"

// Scenario is a run but for its seed: of the health-check cluster, of many of them if Datacenters is
// set, of SWIM alone if Group is, of the map alone if Replicas is, of a register if Cap is, or of a protocol
// that is not ours if Guest is.
type Scenario struct {
	Name string `json:"name"`
	// About says in one line what happens, Proves what a green run shows.
	About  string `json:"about"`
	Proves string `json:"proves"`
	// ExpectFail marks a scenario that is there to be found failing.
	ExpectFail bool `json:"expect_fail,omitempty"`

	Servers int `json:"servers"`
	// Origins is how many there are, Merge how what is known of them is merged; only a cluster has
	// them.
	Origins int   `json:"origins,omitempty"`
	Merge   Merge `json:"merge,omitempty"`
	// Unregistered is how many of the origins, those of the highest numbers, nobody knows of before
	// an operator registers them; the others are in every server's configuration.
	Unregistered int `json:"unregistered,omitempty"`
	// Design is whose servers a cluster has, empty for our own.
	Design Design `json:"design,omitempty"`
	// Other is how some of a cluster's servers of our own are configured, nil if all are alike.
	Other *Other `json:"other,omitempty"`
	// Datacenters is how many clusters there are, each a world of its own; 0 for a single one.
	Datacenters int  `json:"datacenters,omitempty"`
	Duration    Span `json:"duration"`
	// Latency is the one-way delay between servers, LossPPM the share of packets lost on every
	// link, both throughout the run.
	Latency Latency `json:"latency"`
	LossPPM rng.PPM `json:"loss_ppm"`
	// Racks is how many racks the servers stand in, see [Scenario.RackOf]; 0 means one.
	Racks int `json:"racks,omitempty"`
	// Places are where they stand, one after the other and then anew: cities, or zones of cities, as
	// [netmodel.ParsePlace] reads them. Messages take as much longer as these are apart. None is one
	// place for all.
	Places []string `json:"places,omitempty"`
	// Regions are where they stand instead, in the same way, where it is the round trips between them
	// that are known.
	Regions []Region `json:"regions,omitempty"`
	// BareCarrier leaves out what guards datagrams, checksum and key: what is damaged or forged and
	// passes for a message is taken for one. Nothing is promised then.
	BareCarrier bool `json:"bare_carrier,omitempty"`
	// Group makes the servers members of SWIM and nothing else; nil for the health-check cluster.
	Group *Group `json:"group,omitempty"`
	// Replicas makes them replicas of the map and nothing else; nil for the others.
	Replicas *Replicas `json:"replicas,omitempty"`
	// Cap makes them servers of a register with clients; nil for the others.
	Cap *Cap `json:"cap,omitempty"`
	// Guest makes them run a protocol that is not ours; nil for the others.
	Guest *Guest `json:"guest,omitempty"`
	// Schedule makes messages late by who sends them; nil for a network where all are alike.
	Schedule *Schedule `json:"schedule,omitempty"`
	// What the seed decides; all nil in a scenario that has been expanded. Vary draws the sizes and the
	// loss, Storm asks a cluster or replicas for faults, and Trial is what a group goes through.
	Vary  *Vary  `json:"vary,omitempty"`
	Storm *Storm `json:"storm,omitempty"`
	Trial *Trial `json:"trial,omitempty"`
	// Rates are faults that come so often on average, in the order in which they get their share of the
	// budget; nil in a scenario that has been expanded.
	Rates []Rate `json:"rates,omitempty"`
	// Budget says whether what the seed decides stays inside the fault budget; empty if it does.
	Budget Budget `json:"budget,omitempty"`
	// Checkers is how the run is judged; nil for all promises with their own bounds.
	Checkers *Checkers `json:"checkers,omitempty"`
	// Faults are what goes wrong, in the order of their times.
	Faults []Fault `json:"faults"`

	// paced: nobody has chosen the duration but who wrote the scenario, so that it follows the preset.
	paced bool
}

// Expand returns the scenario with everything decided by the luck of seed: its size drawn, and its
// storm or trial turned into faults. An expanded scenario expands to itself. That of many data centres
// stays as it is: each of them has its own luck.
func (s Scenario) Expand(seed uint64) Scenario {
	s.paced = false
	if s.Datacenters > 0 {
		return s
	}
	if s.Vary != nil {
		s.Vary.draw(seed, &s)
		s.Vary = nil
	}
	if s.Storm != nil {
		drawn := s.Storm.drawn(seed)
		s = s.with(append(drawn.faults(seed, s.Servers, s.Origins, s.ledger(s.Faults)),
			drawn.linkFaults(seed, &s)...))
		s.Storm = nil
	}
	if s.Trial != nil {
		s = s.with(s.Trial.faults(seed, s.Servers))
		s.Trial = nil
	}
	if s.Rates != nil {
		s = s.with(s.rated(seed, s.ledger(s.Faults)))
		s.Rates = nil
	}
	return s
}

// Expanded reports whether nothing is left to the seed.
func (s *Scenario) Expanded() bool {
	return s.Vary == nil && s.Storm == nil && s.Rates == nil && s.Trial == nil
}

// with returns the scenario with more faults.
func (s Scenario) with(more []Fault) Scenario {
	s.Faults = append(append([]Fault{}, s.Faults...), more...)
	sortFaults(s.Faults)
	return s
}

// Paced reports whether the duration is the scenario's own, so that whoever runs the scenario may
// give it more time where its other settings need more.
func (s *Scenario) Paced() bool { return s.paced }

// SetPaced says whether they may; see [Scenario.Paced].
func (s *Scenario) SetPaced(paced bool) { s.paced = paced }

// Healed is when the last fault is over.
func (s *Scenario) Healed() Span { return Healed(s.Faults) }
