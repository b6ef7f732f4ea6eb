package scenarios

import (
	"fmt"
	"slices"

	"butterfly/node"
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
	// target makes a fault one of the nth of them.
	target func(s *Scenario, f *Fault, n int)
}

var scopes = []scope{
	{EachCluster, 0, func(*Scenario) int { return 1 }, func(*Scenario, *Fault, int) {}},
	{EachServer, hasHosts | hasLinks, func(s *Scenario) int { return s.Servers },
		func(_ *Scenario, f *Fault, n int) { f.Hosts = []node.ID{node.ID(n)} }},
	{EachRack, hasHosts | hasLinks, func(s *Scenario) int { return max(1, s.Racks) },
		func(s *Scenario, f *Fault, n int) { f.Hosts = s.rack(n) }},
	{EachOrigin, hasOrigins, func(s *Scenario) int { return s.Origins },
		func(_ *Scenario, f *Fault, n int) { f.Origins = []uint32{uint32(n)} }},
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
