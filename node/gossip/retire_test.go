package gossip

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/sim/rng"
)

// rounds lets each server begin a number of rounds.
func (g *group) rounds(count int) {
	for range count {
		for id := range g.all {
			g.round(id)
		}
	}
}

// changed tells every server that the group changed.
func (g *group) changed(whole bool) {
	for _, s := range g.all {
		s.GroupChanged(whole)
	}
}

// retired reports whether a server has retired the first life of server 1.
func (s *server) retired() bool {
	return s.store.Versions().Seq(crdt.NewActor(1, 1)) == crdt.Retired
}

// entries returns how many entries a server's map has, tombstones among them.
func (s *server) entries() int {
	var delta crdt.Delta[uint32, uint64]
	s.store.Answer(&crdt.CausalContext{}, 0, &delta)
	return len(delta.Entries)
}

// "A sweep during which the group changed or was not whole retires no life; what it says is seen by
// all is forgotten as always": here that what the first life wrote is gone or overwritten.
func TestWithoutAMemberNoLifeIsRetired(t *testing.T) {
	g := newGroup(t, aligned(PullMode), 3)
	g.all[1].store.Put(1, 1)
	g.all[1].store.Put(2, 1)
	g.rounds(5)
	g.all[1] = begin(t, aligned(PullMode), 1, 2, 3)
	g.changed(false)
	g.rounds(5)
	g.all[0].store.Remove(1)
	g.all[1].store.Put(2, 2)
	g.rounds(60)
	for _, s := range g.all {
		require.False(t, s.retired())
		require.Equal(t, 1, s.entries(), "the tombstone of key 1 is gone")
	}
	g.changed(true)
	g.rounds(60)
	for _, s := range g.all {
		require.True(t, s.retired())
	}
}

// "A sweep during which the group changed ...": the one under way retires nothing, the next does.
func TestASweepOutlivesNoChangeOfTheGroup(t *testing.T) {
	older, newer, own := dot(1, 1, 3), dot(1, 2, 1), dot(0, 1, 1)
	s := begin(t, aligned(PullMode), 0, 1, 3)
	s.store.Put(1, 1)
	var delta crdt.Delta[uint32, uint64]
	delta.From, delta.Versions = newer.Actor, crdt.VersionVector{older, newer}
	require.True(t, s.store.Apply(&delta, nil))
	s.Start(0, sink{&s.out})

	sweep := func() []crdt.VersionVector {
		s.store.collected = nil
		s.hears(1, own, older, newer)
		s.hears(2, own, older, newer)
		return s.store.collected
	}
	s.hears(1, own, older, newer)
	s.GroupChanged(true)
	require.Equal(t, []crdt.VersionVector{{own, older}, {newer}}, sweep(), "a layer at a time")
	require.False(t, s.retired())
	require.Equal(t, []crdt.VersionVector{{own, older, newer}}, sweep())
	require.True(t, s.retired())
}

// What is collected by layers is the candidate, all of it, and in no layer is there a life together
// with a later one.
func TestLayersAreTheCandidate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var candidate, all crdt.VersionVector
		for range rapid.IntRange(0, 12).Draw(t, "dots") {
			id := node.ID(rapid.IntRange(0, 3).Draw(t, "node"))
			candidate.Advance(dot(id, rapid.Uint64Range(1, 4).Draw(t, "boot"), 5))
		}
		s := sweep{candidate: candidate.Clone()}
		for s.peel() {
			for i, d := range s.layer {
				require.True(t, i == 0 || s.layer[i-1].Actor.Node() < d.Actor.Node())
			}
			all.Join(&s.layer)
		}
		require.Equal(t, candidate, all)
	})
}

// "No life is retired of which any node holds more than who retires it, wherever the network was
// cut": 0 and 1 from 2 and 3. Before, server 1 has written what only server 2 has heard of;
// afterwards it begins a new life. What 2 and 3 hold is there after the heal.
func TestWhatOnlyTheOtherSideHasSeenSurvives(t *testing.T) {
	const key = 9
	g := newGroup(t, aligned(PullMode), 4)
	g.all[1].store.Put(1, 1)
	g.rounds(5)
	g.all[1].store.Put(key, 7)
	for g.all[2].store.Siblings(key) == nil {
		*g.all[2].roster = roster{1}
		g.round(2)
	}
	g.all[1] = begin(t, aligned(PullMode), 1, 2, 4)
	g.split(roster{0, 1}, roster{2, 3})
	g.all[0].store.Put(1, 2)
	g.all[1].store.Put(2, 2)
	g.rounds(20)
	require.NotEmpty(t, g.all[0].store.collected)
	g.split(roster{0, 1, 2, 3})
	g.rounds(40)
	for _, s := range g.all {
		require.Len(t, s.store.Siblings(key), 1, "server %d", s.id)
		require.True(t, s.store.Versions().Seq(crdt.NewActor(1, 1)) == 2, "server %d", s.id)
	}
}

// split divides the group into sides that hear nothing of each other.
func (g *group) split(sides ...roster) {
	for _, side := range sides {
		for _, id := range side {
			s := g.all[id]
			*s.roster = (*s.roster)[:0]
			for _, other := range side {
				if other != id {
					*s.roster = append(*s.roster, other)
				}
			}
			s.GroupChanged(len(sides) == 1)
		}
	}
}

// phase is a part of a run: something happens to the group, then servers write and begin rounds.
type phase struct{ event, id, rounds int }

var phases = rapid.Custom(func(t *rapid.T) phase {
	return phase{
		event: rapid.IntRange(0, 2).Draw(t, "event"), id: rapid.IntRange(0, 3).Draw(t, "id"),
		rounds: rapid.IntRange(1, 80).Draw(t, "rounds"),
	}
})

// "No life is retired of which any node holds more than who retires it", in any run in which
// servers restart and the group falls apart and is joined again, and the owners say so at once.
func TestNobodyHasSeenMoreOfALifeThanWhoRetiresIt(t *testing.T) {
	retirements := 0
	rapid.Check(t, func(rt *rapid.T) {
		config := aligned(Mode(rapid.IntRange(0, 2).Draw(rt, "mode")))
		plan := rapid.SliceOfN(phases, 5, 15).Draw(rt, "phases")
		luck := rng.Stream(rapid.Uint64().Draw(rt, "luck"), "phases", 0)
		g := newGroup(t, config, 4)
		everyone, all := []roster{{0, 1, 2, 3}}, roster{0, 1, 2, 3}
		sides := everyone
		for n, p := range plan {
			switch p.event {
			case 0:
				g.all[p.id] = begin(t, config, node.ID(p.id), uint64(2+n), len(g.all))
			case 1:
				sides = []roster{all[:p.id], all[p.id:]}
			case 2:
				sides = everyone
			}
			g.split(sides...)
			for range p.rounds {
				id := luck.Intn(len(g.all))
				if luck.Intn(4) == 0 {
					g.all[id].store.Put(uint32(luck.Intn(5)), 1)
				}
				g.round(id)
				retirements += g.requireRightToRetire(rt)
			}
		}
	})
	require.Greater(t, retirements, 100, "nothing was tested")
}

// requireRightToRetire checks what servers have collected since the last time: nobody at all has
// seen more of a life that is in it together with a later one.
func (g *group) requireRightToRetire(t *rapid.T) (retirements int) {
	for _, s := range g.all {
		for _, stable := range s.store.collected {
			closed := sweep{candidate: stable}
			for i, dot := range stable {
				if dot.Seq != crdt.Retired && closed.closed(i, dot.Actor.Node()) {
					retirements++
				}
			}
			for _, other := range g.all {
				seen := other.seen()
				require.True(t, spared(stable, seen.Vector) && spared(stable, seen.Cloud))
			}
		}
		s.store.collected = nil
	}
	return retirements
}
