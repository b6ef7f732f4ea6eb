package scenarios

import (
	"fmt"
	"slices"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Scope says whom the times of a [Rate] are counted for.
type Scope string

const (
	// EachCluster counts for all of it: a fault strikes whom a storm's would.
	EachCluster Scope = "cluster"
	// EachServer counts for every server by itself, and strikes it alone.
	EachServer Scope = "server"
	// EachRack counts for every rack by itself, and strikes all of its servers; see [Scenario.RackOf].
	EachRack Scope = "rack"
	// EachRow counts for all of the cluster, and strikes racks that stand side by side, as many as
	// Strikes says: what has one power supply, or one router.
	EachRow Scope = "row"
	// EachRound counts for all of the cluster, and strikes all of its racks, one after the other, each
	// for as long as one fault lasts: what is planned, and done by a few people.
	EachRound Scope = "round"
	// EachOrigin counts for every origin by itself, and strikes it alone.
	EachOrigin Scope = "origin"
)

// scope is what a Scope means.
type scope struct {
	name Scope
	// needs is what a kind of fault has to have to be counted so; 0 for nothing.
	needs trait
	// count is how many there are of what is counted for.
	count func(*Scenario) int
	// target draws which of them a fault of the rate strikes, if it is not to strike whom a storm's
	// would.
	target func(r *Rate, luck *rng.Rand, s *Scenario, f *Fault)
}

var scopes = []scope{
	{EachCluster, 0, one, func(*Rate, *rng.Rand, *Scenario, *Fault) {}},
	{EachServer, hasHosts | hasLinks, func(s *Scenario) int { return s.Servers },
		func(_ *Rate, luck *rng.Rand, s *Scenario, f *Fault) {
			f.Hosts = []node.ID{node.ID(luck.Intn(s.Servers))}
		}},
	{EachRack, hasHosts | hasLinks, (*Scenario).racks,
		func(_ *Rate, luck *rng.Rand, s *Scenario, f *Fault) {
			f.Hosts = s.rackRow(luck.Intn(s.racks()), 1)
		}},
	{EachRow, hasHosts | hasLinks, one, (*Rate).targetRow},
	{EachRound, hasHosts | hasLinks, one,
		func(_ *Rate, _ *rng.Rand, s *Scenario, f *Fault) { f.Hosts = s.rackRow(0, 1) }},
	{EachOrigin, hasOrigins, func(s *Scenario) int { return s.Origins },
		func(_ *Rate, luck *rng.Rand, s *Scenario, f *Fault) {
			f.Origins = []uint32{uint32(luck.Intn(s.Origins))}
		}},
}

// one is how many clusters there are.
func one(*Scenario) int { return 1 }

// targetRow draws how many racks, and which.
func (r *Rate) targetRow(luck *rng.Rand, s *Scenario, f *Fault) {
	count := r.Strikes.draw(luck)
	f.Hosts = s.rackRow(luck.Intn(s.racks()-count+1), count)
}

// rounds returns the fault, and where it goes round the same for each of the other racks, as far as
// that is over before the rate ends.
func (r *Rate) rounds(f Fault, s *Scenario) []Fault {
	all := []Fault{f}
	if r.Each != EachRound {
		return all
	}
	for rack := 1; rack < s.racks() && f.End()+f.For <= r.To; rack++ {
		f.At, f.Hosts = f.End(), s.rackRow(rack, 1)
		all = append(all, f)
	}
	return all
}

// Scopes returns all of them.
func Scopes() []Scope {
	names := make([]Scope, len(scopes))
	for i := range scopes {
		names[i] = scopes[i].name
	}
	return names
}

// scope is what the times of the rate are counted for.
func (r *Rate) scope() (scope, error) {
	each := r.Each
	if each == "" {
		each = EachCluster
	}
	i := slices.IndexFunc(scopes, func(s scope) bool { return s.name == each })
	if i < 0 {
		return scope{}, fmt.Errorf("each: %q, expected one of %v", r.Each, Scopes())
	}
	probe := Fault{Kind: r.Kind}
	ordered := each == EachOrigin && probe.Operates() // an order is about origins of one pool
	if needs := scopes[i].needs; ordered || needs != 0 && !probe.has(needs) {
		return scope{}, fmt.Errorf("each: %s strikes no single %s", r.Kind, each)
	}
	return scopes[i], nil
}
