package memberlist

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func partitionOf(cut time.Duration) Partition {
	return Partition{
		Setup:  Setup{Servers: 10},
		WarmUp: 30 * time.Second,
		Cut:    cut,
		Limit:  300 * time.Second,
	}
}

func TestPartitionTable(t *testing.T) {
	row(t, "servers", "cut_s", "healed", "trials", "mean_members_seen_at_heal", "mean_heal_s",
		"max_heal_s")
	cuts := []time.Duration{4, 10, 16, 25}
	if full() {
		cuts = []time.Duration{4, 6, 10, 12, 16, 20, 25}
	}
	for _, cut := range cuts {
		results := playAll(t, either(3, 40), partitionOf(cut*time.Second))
		healed, seen, heal, longest := 0, 0.0, sample{}, time.Duration(0)
		for _, r := range results {
			seen += r.Seen / float64(len(results))
			if r.Healed {
				healed++
				heal = append(heal, r.Heal.Seconds())
				longest = max(longest, r.Heal)
			}
		}
		row(t, 10, cut*time.Second, healed, len(results), seen, heal.mean(), longest)
	}
}

// Nobody is declared dead before 4 s of suspicion are over, and nothing but the time-out, with two
// independent accusers in a half of five, is to come after.
func TestPartitionShorterThanSuspicionLeavesNoTrace(t *testing.T) {
	result := play(t, partitionOf(4*time.Second))
	require.Equal(t, PartitionResult{Seen: 10, Healed: true}, result)
}

// "Memberlist cluster does not recover from a partition" (memberlist issue 222): nothing contacts a
// member that everybody on our side holds for dead.
func TestPartitionThatOutlastsSuspicionNeverHeals(t *testing.T) {
	result := play(t, partitionOf(40*time.Second))
	require.False(t, result.Healed)
	require.InDelta(t, 5, result.Seen, 0)
}
