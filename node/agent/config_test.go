package agent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestValidateNamesWhatIsWrong(t *testing.T) {
	valid := DefaultConfig()
	require.ErrorContains(t, valid.Validate(), "there is no placement")
	valid.Placement = NewPlacement(3, 5)
	require.NoError(t, valid.Validate())
	for complaint, spoil := range map[string]func(*Config){
		"gossip":        func(c *Config) { c.Gossip.FanOut = 0 },
		"join grace":    func(c *Config) { c.JoinGrace = 0 },
		"ProbeInterval": func(c *Config) { c.Swim.ProbeInterval = 0 },
		"health":        func(c *Config) { c.Health.Rise = 0 },
	} {
		config := valid
		spoil(&config)
		require.ErrorContains(t, config.Validate(), complaint)
	}
}

// Placement "depends on nothing but their names": however many servers and origins there are, the score
// of a pair is the same, and no two pairs share one.
func TestPlacementDependsOnNamesAlone(t *testing.T) {
	small, large := NewPlacement(3, 5), NewPlacement(64, 1000)
	require.Equal(t, []int{3, 5}, []int{small.Servers(), small.Origins()})
	seen := map[uint64]bool{}
	for server := range node.ID(3) {
		for origin := range uint32(5) {
			score := small.Score(origin, server)
			require.Equal(t, large.Score(origin, server), score)
			require.False(t, seen[score])
			seen[score] = true
		}
	}
}
