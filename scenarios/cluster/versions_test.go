package cluster

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Servers 3 and 4 are left behind by an upgrade of all seeds; when they restart, they find nobody to join
// through, ever. What is broken then nobody has promised; all is promised as long as a seed is left, or
// only one server to do without.
func TestWhoIsLeftBehindByAllSeedsIsPromisedNothing(t *testing.T) {
	const beyond = "the promises are made for servers that have a seed of their own version in the end"
	for _, c := range []struct {
		upgraded int
		beyond   string
		verdict  world.Verdict
	}{
		{2, "", world.Pass}, {3, beyond, world.Unknown}, {4, "", world.Pass}, {5, "", world.Pass},
	} {
		s := small(t, "version-upgrade", "servers=5", "duration=8m")
		s.Storm = nil
		for id := range node.ID(c.upgraded) {
			s.Faults = append(s.Faults, scenarios.Fault{
				Kind: scenarios.Upgrade, At: minute/2 + scenarios.Span(id)*10*second, For: second,
				Hosts: []node.ID{id},
			})
		}
		s.Faults = append(s.Faults, scenarios.Fault{
			Kind: scenarios.Crash, At: 2 * minute, For: second, Hosts: []node.ID{3, 4}, Keep: true,
		})
		r := Build(s, 1, Options{}).Run()
		require.Equal(t, c.beyond, r.Beyond, c.upgraded)
		require.Equal(t, c.verdict, r.Verdict, "%d: %v", c.upgraded, r.Violations)
	}
}
