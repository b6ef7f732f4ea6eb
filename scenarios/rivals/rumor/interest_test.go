package rumor

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// after plays cycles, each a list of feedback: n for needed, k for known.
func after(plan Plan, cycles ...string) interest {
	rand := rng.New(1)
	i := interest{infective: true}
	for _, contacts := range cycles {
		for _, contact := range contacts {
			i.note(contact == 'n')
		}
		i.judge(&plan, &rand)
	}
	return i
}

func TestACounterLosesInterestAfterKUselessCyclesOnEnd(t *testing.T) {
	plan := Plan{K: 2}
	require.Equal(t, interest{infective: true, useless: 1}, after(plan, "k"))
	require.Equal(t, interest{}, after(plan, "k", "k"))
	require.Equal(t, interest{infective: true, useless: 1}, after(plan, "k", "n", "k"), "set back")
	require.Equal(t, interest{}, after(plan, "k", "n", "k", "k"))
}

// The footnote of table 3: of several that pull in one cycle, one that needs the update sets the
// counter back; if there is none, it goes up by one.
func TestACycleCountsOnceHoweverManyAsk(t *testing.T) {
	plan := Plan{K: 2}
	require.Equal(t, interest{infective: true, useless: 1}, after(plan, "kkkkk"))
	require.Equal(t, interest{infective: true}, after(plan, "k", "kknk"))
	require.Equal(t, interest{infective: true, useless: 1}, after(plan, "k", "", ""),
		"who is not asked learns nothing")
}

func TestTheBlindCountEveryCycle(t *testing.T) {
	plan := Plan{Variant: Variant{Blind: true}, K: 3}
	require.Equal(t, interest{infective: true, useless: 2}, after(plan, "", ""))
	require.Equal(t, interest{}, after(plan, "", "", ""))
}

// Over 3000 cycles, a coin with k = 3 loses interest in 1000 of them: within three standard
// deviations of 26.
func TestACoinLosesInterestWithChanceOneInK(t *testing.T) {
	for _, contacts := range []string{"k", "n", ""} {
		rand, lost := rng.New(1), 0
		for range 3000 {
			i := interest{infective: true}
			for _, contact := range contacts {
				i.note(contact == 'n')
			}
			i.judge(&Plan{Variant: Variant{Coin: true}, K: 3}, &rand)
			if !i.infective {
				lost++
			}
		}
		if contacts == "k" {
			require.InDelta(t, 1000, lost, 78)
		} else {
			require.Zero(t, lost, "feedback %q", contacts)
		}
	}
}
