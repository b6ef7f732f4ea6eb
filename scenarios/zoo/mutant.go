package zoo

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Mutant is one planted bug.
type Mutant struct {
	// ID is M and two digits, and Title what the bug is, in a few words.
	ID, Title string
	// Source is where the bug was seen or what it was made up for.
	Source string
	// Promise is what it breaks, in words.
	Promise string
	// Patches plant it, all of them together. None if there is nothing to plant it in.
	Patches []Patch
	// Hunts are the scenarios that are to find it, each by itself.
	Hunts []Hunt
	// Equivalent argues why nobody can tell the mutant from the original by any promise; empty for
	// those that are to be found.
	Equivalent string
}

// Patch replaces a piece of a source file.
type Patch struct {
	// File is the path from the root of the module, with slashes.
	File string
	// Old is a text that occurs in the file once, New what stands there instead.
	Old, New string
}

// Hunt is where a mutant is looked for: a scenario of the catalogue, and what is set in it, each
// as "key=value".
type Hunt struct {
	Scenario string
	Settings []string
	// Fixed: the same faults strike in every seed, if any, so that strategies that choose among faults have
	// nothing to choose.
	Fixed bool
}

// Suits reports whether a strategy has anything to vary in the hunt.
func (h Hunt) Suits(strategy string) bool {
	return !h.Fixed || strategy != "swarm" && strategy != "weighted"
}

// Arguments are those of the command: "swim-crash -set servers=5".
func (h Hunt) Arguments() []string {
	arguments := []string{h.Scenario}
	for _, setting := range h.Settings {
		arguments = append(arguments, "-set", setting)
	}
	return arguments
}

// String prints the hunt as it is given to the command.
func (h Hunt) String() string { return strings.Join(h.Arguments(), " ") }

// Mutants returns the zoo, by ID.
func Mutants() []Mutant {
	var all []Mutant
	for _, area := range [][]Mutant{
		swimMutants(), groupMutants(), ownershipMutants(), mapMutants(), deltaMutants(), lifeMutants(),
		healthMutants(), routingMutants(),
	} {
		all = append(all, area...)
	}
	slices.SortFunc(all, func(a, b Mutant) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// suits reports whether a strategy has anything to vary in any hunt of the mutant.
func (m *Mutant) suits(strategy string) bool {
	return slices.ContainsFunc(m.Hunts, func(h Hunt) bool { return h.Suits(strategy) })
}

// Plant returns the sources that a mutant changes, by path, as they are with it. read returns a
// source file as it is.
func (m *Mutant) Plant(read func(file string) (string, error)) (map[string]string, error) {
	planted := make(map[string]string)
	for _, patch := range m.Patches {
		text, patched := planted[patch.File]
		if !patched {
			var err error
			if text, err = read(patch.File); err != nil {
				return nil, fmt.Errorf("%s: %w", m.ID, err)
			}
		}
		if count := strings.Count(text, patch.Old); count != 1 {
			return nil, fmt.Errorf("%s: %s has the old text %d times, expected once:\n%s",
				m.ID, patch.File, count, patch.Old)
		}
		planted[patch.File] = strings.Replace(text, patch.Old, patch.New, 1)
	}
	return planted, nil
}

// Digest stands for what is planted: a row of the matrix with another one is out of date.
func (m *Mutant) Digest() string {
	sum := fnv.New64a()
	fmt.Fprint(sum, m.Patches)
	return fmt.Sprintf("%016x", sum.Sum64())
}

// Original is the program without any bug planted, which passes wherever a mutant is hunted.
func Original(mutants []Mutant) Mutant {
	m := Mutant{ID: "M00", Title: "nothing is planted", Source: "-", Promise: "-",
		Equivalent: "It is the original."}
	for _, mutant := range mutants {
		for _, h := range mutant.Hunts {
			same := func(other Hunt) bool { return other.String() == h.String() }
			if !slices.ContainsFunc(m.Hunts, same) {
				m.Hunts = append(m.Hunts, h)
			}
		}
	}
	return m
}
