package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "Every server on the side of the one that was told so knows the origin."
func TestRegistrationsSurviveFiresOnWhoDoesNotKnow(t *testing.T) {
	unknown := func(host node.ID, origin uint32) bool { return host != 1 || origin != 2 }
	for name, c := range map[string]struct {
		happen func(s *script)
		broken int
	}{
		"nothing":                   {func(*script) {}, 0},
		"a registration":            {func(s *script) { s.register(0, 2) }, 1},
		"another origin's":          {func(s *script) { s.register(0, 1) }, 0},
		"a removal":                 {func(s *script) { s.unregister(0, 2) }, 0},
		"a removal, then the other": {func(s *script) { s.unregister(1, 2); s.register(0, 2) }, 1},
		"a removal after it":        {func(s *script) { s.register(0, 2); s.unregister(1, 2) }, 0},
		"a crash of who knew":       {func(s *script) { s.register(0, 2); s.down(0); s.up(0) }, 0},
		"a crash of who did not":    {func(s *script) { s.register(0, 2); s.down(1); s.up(1) }, 1},
		"another side":              {func(s *script) { s.register(0, 2); s.cut(1, 1) }, 0},
	} {
		s := play(t, NewSurvival(10*second, 3, unknown), 2)
		s.at(5 * second)
		c.happen(s)
		s.at(6 * second).heal()
		s.at(16 * second).end()
		require.Equal(t, c.broken, s.report.Broken(PropertyRegistrationsSurvive), name)
	}
}

func TestRegistrationsSurviveSaysWho(t *testing.T) {
	s := play(t, NewSurvival(10*second, 3, func(node.ID, uint32) bool { return false }), 1)
	s.at(6*second).register(0, 2)
	s.heal()
	s.at(16 * second).end()
	s.broke(PropertyRegistrationsSurvive, 16*second, "host 0 does not know at 16.000s that origin 2 "+
		"is to be checked, as host 0 was told after all removals")
}

// "When a run ends at rest."
func TestRegistrationsSurviveIsNotJudgedBeforeRest(t *testing.T) {
	s := play(t, NewSurvival(10*second, 3, func(node.ID, uint32) bool { return false }), 1)
	s.at(2 * second).heal()
	s.at(6*second).register(0, 2)
	s.at(16*second - 1).end()
	s.clean()
}
