package checkers

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// said is one event of host 0 about host 1.
type said struct {
	kind        node.EventKind
	incarnation uint64
}

func (e said) emit(s *script) { s.emit(0, e.kind, 1, e.incarnation) }

// playTransitions lets host 0 of 3 say some things about host 1, in order.
func playTransitions(t *testing.T, all ...said) *script {
	s := play(t, NewTransitions(), 3)
	for _, one := range all {
		one.emit(s)
	}
	return s
}

// "No resurrection Dead/Left@I -> Alive@<=I" (al8n/memberlist); and "stored incarnation is the
// maximum over admitted evidence", so that forgetting is no way back either.
func TestResurrectionFires(t *testing.T) {
	for _, gone := range []node.EventKind{node.MemberDead, node.MemberLeft} {
		for _, back := range []uint64{6, 7} {
			s := playTransitions(t,
				said{node.MemberAlive, 7}, said{gone, 7}, said{node.MemberAlive, back})
			require.Equal(t, 1, s.report.Broken(PropertyNoResurrection),
				"%v, back at %d", gone, back)
			s = playTransitions(t, said{node.MemberAlive, 7}, said{gone, 7},
				said{node.MemberForgotten, 0}, said{node.MemberAlive, back})
			require.Equal(t, 1, s.report.Broken(PropertyNoResurrection),
				"%v, forgotten, at %d", gone, back)
		}
	}
	s := playTransitions(t, said{node.MemberAlive, 7}, said{node.MemberDead, 7})
	s.at(4*second).emit(0, node.MemberAlive, 1, 7)
	s.broke(PropertyNoResurrection, 4*second,
		"host 0 holds host 1 as alive at incarnation 7 at 4.000s, after it held it as dead at "+
			"incarnation 7")
}

// A founder is held alive at 0 from the start, and dead at 0 it must not be heard of at 0 again.
func TestResurrectionFiresOnAFounder(t *testing.T) {
	s := play(t, NewTransitions(), 2)
	s.emit(0, node.Founded, 0, 2)
	s.emit(0, node.MemberDead, 1, 0)
	s.emit(0, node.MemberForgotten, 1, 0)
	s.emit(0, node.MemberAlive, 1, 0)
	require.Equal(t, 1, s.report.Broken(PropertyNoResurrection))
}

// "alive i > j over dead, left" (SWIM, section 4.2, with death of one incarnation).
func TestAHigherIncarnationIsNoResurrection(t *testing.T) {
	for _, gone := range []node.EventKind{node.MemberDead, node.MemberLeft} {
		playTransitions(t,
			said{node.MemberAlive, 7}, said{gone, 7}, said{node.MemberAlive, 8}).clean()
		playTransitions(t, said{node.MemberAlive, 7}, said{gone, 7}, said{node.MemberForgotten, 7},
			said{node.MemberAlive, 8}).clean()
	}
}

// "When a host restarts, its observations start afresh."
func TestARestartedHostHoldsNothing(t *testing.T) {
	s := playTransitions(t, said{node.MemberAlive, 7}, said{node.MemberDead, 7})
	s.down(0)
	s.up(0)
	s.emit(0, node.MemberAlive, 1, 3)
	s.clean()
}

// "Per-observer incarnation monotone" (al8n/memberlist).
func TestAFallingIncarnationFires(t *testing.T) {
	s := playTransitions(t, said{node.MemberAlive, 7}, said{node.MemberSuspect, 8})
	s.at(2*second).emit(0, node.MemberDead, 1, 7)
	s.broke(PropertyIncarnationMonotone, 2*second,
		"host 0 holds host 1 as dead at incarnation 7 at 2.000s, after it held it as suspect at "+
			"incarnation 8")

	for _, later := range []said{
		{node.MemberAlive, 6}, {node.MemberSuspect, 6}, {node.MemberLeft, 6},
	} {
		s = playTransitions(t, said{node.MemberAlive, 7}, later)
		require.Equal(t, 1, s.report.Broken(PropertyIncarnationMonotone), "%v", later.kind)
	}
}

func TestARisingOrEqualIncarnationIsMonotone(t *testing.T) {
	playTransitions(t,
		said{node.MemberAlive, 7}, said{node.MemberAlive, 8}, said{node.MemberSuspect, 8},
		said{node.MemberSuspect, 9}, said{node.MemberAlive, 10}, said{node.MemberDead, 10},
		said{node.MemberDead, 11}, said{node.MemberLeft, 11}, said{node.MemberForgotten, 0}).clean()
	s := playTransitions(t, said{node.MemberAlive, 7})
	s.emit(2, node.MemberAlive, 1, 3) // another observer knows less
	s.emit(0, node.MemberAlive, 2, 3) // another subject is younger
	s.clean()
}

// "Illegal pairs Dead@I->Suspect@I, Left->Suspect" (al8n/memberlist); "Alive(i) overrides
// Suspect(j) iff i>j" (SWIM, section 4.2).
func TestIllegalStepsFire(t *testing.T) {
	met, died := said{node.MemberAlive, 7}, said{node.MemberDead, 7}
	forgot := said{node.MemberForgotten, 7}
	for name, steps := range map[string][]said{
		"suspect out of the blue": {{node.MemberSuspect, 7}},
		"dead out of the blue":    {{node.MemberDead, 7}},
		"left out of the blue":    {{node.MemberLeft, 7}},
		"forgotten never met":     {forgot},
		"forgotten while alive":   {met, forgot},
		"forgotten while suspect": {met, {node.MemberSuspect, 7}, forgot},
		"forgotten twice":         {met, died, forgot, forgot},
		"dead to suspect":         {met, died, {node.MemberSuspect, 7}},
		"left to suspect":         {met, {node.MemberLeft, 7}, {node.MemberSuspect, 8}},
		"forgotten to suspect":    {met, died, forgot, {node.MemberSuspect, 8}},
		"forgotten to dead":       {met, died, forgot, {node.MemberDead, 8}},
		"suspect to alive":        {met, {node.MemberSuspect, 7}, {node.MemberAlive, 7}},
	} {
		s := playTransitions(t, steps...)
		require.Equal(t, 1, s.report.Broken(PropertyLegalTransitions), name)
		require.Len(t, s.report.Violations(), 1, name)
	}
	s := play(t, NewTransitions(), 2)
	s.at(2*second).emit(0, node.MemberSuspect, 1, 7)
	s.broke(PropertyLegalTransitions, 2*second,
		"host 0 holds host 1 as suspect at incarnation 7 at 2.000s, after it held it as unknown "+
			"at incarnation 0")
}

// What may follow at the incarnation held, and what takes a higher one: the table of claims of the
// package node/swim.
func TestMostStepsTakeAHigherIncarnation(t *testing.T) {
	claims := []node.EventKind{
		node.MemberAlive, node.MemberSuspect, node.MemberDead, node.MemberLeft,
	}
	same := map[node.EventKind][]node.EventKind{ // what replaces what at the same incarnation
		node.MemberSuspect: {node.MemberAlive},
		node.MemberDead:    {node.MemberAlive, node.MemberSuspect},
		node.MemberLeft:    {node.MemberAlive, node.MemberSuspect, node.MemberDead},
	}
	for _, held := range claims {
		for _, claim := range claims {
			s := playTransitions(t, said{node.MemberAlive, 6}, said{held, 7}, said{claim, 7})
			require.Equal(t, slices.Contains(same[claim], held), s.report.Violations() == nil,
				"%v over %v", claim, held)

			s = playTransitions(t, said{node.MemberAlive, 6}, said{held, 7}, said{claim, 8})
			never := held == node.MemberLeft && claim == node.MemberSuspect
			require.Equal(t, !never, s.report.Violations() == nil, "newer %v over %v", claim, held)
		}
	}
}

func TestAGoneMemberThatGoesAgainFires(t *testing.T) {
	s := playTransitions(t, said{node.MemberAlive, 1}, said{node.MemberLeft, 1})
	s.at(2*second).emit(0, node.MemberDead, 1, 1)
	s.emit(0, node.MemberDead, 1, 1)
	require.Equal(t, 2, s.report.Broken(PropertyLegalTransitions))
	s.broke(PropertyLegalTransitions, 2*second, "host 0 holds host 1 as dead at incarnation 1 at "+
		"2.000s, after it held it as left at incarnation 1")
}

// One that is told again within one input has taken the step all the same.
func TestABreachThatIsTakenBackAtOnceIsSeen(t *testing.T) {
	s := playTransitions(t, said{node.MemberAlive, 7}, said{node.MemberDead, 7},
		said{node.MemberAlive, 7}, said{node.MemberDead, 7})
	require.Equal(t, 1, s.report.Broken(PropertyNoResurrection))
}

func TestFoundersAreKnownFromTheStart(t *testing.T) {
	s := play(t, NewTransitions(), 3)
	s.emit(0, node.Founded, 0, 3)
	s.emit(0, node.MemberSuspect, 1, 0)
	s.emit(0, node.MemberDead, 1, 0)
	s.emit(0, node.MemberAlive, 2, 7)
	s.clean()
}

// A run counts only what others saw: for vacuousness.
func TestTransitionsCountsWhatOthersSaw(t *testing.T) {
	s := playTransitions(t, said{node.MemberAlive, 7}, said{node.MemberSuspect, 7},
		said{node.MemberDead, 7}, said{node.MemberLeft, 7})
	s.emit(1, node.MemberLeft, 1, 7) // itself
	require.Equal(t, map[string]int{
		SituationSuspected: 1, SituationDeclaredDead: 1, SituationLeft: 1,
	}, s.report.Sometimes())
	s.clean()
}
