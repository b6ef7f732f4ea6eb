package tune

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestRecommend(t *testing.T) {
	given := Figures{10, 40, 25}
	for name, c := range map[string]struct {
		other Figures
		want  int
	}{
		"faster, all else equal":            {Figures{8, 40, 25}, 1},
		"cheaper and hardly slower":         {Figures{10.4, 39, 20}, 1},
		"much faster, but with more deaths": {Figures{5, 50, 25}, 0},
		"half the bytes, but slower":        {Figures{11, 40, 12}, 0},
		"no difference that can be told":    {Figures{9.8, 40, 24.9}, 0},
		"the same":                          {given, 0},
	} {
		require.Equal(t, c.want, Recommend([]Figures{given, c.other}, 0), name)
	}
	require.Equal(t, 2, Recommend([]Figures{given, {9, 40, 25}, {8, 40, 25}}, 0), "the most is gained")
	none := Figures{60, 0, 7}
	require.Equal(t, 1, Recommend([]Figures{none, {50, 0, 7}, {5, 1, 7}}, 0), "deaths instead of none")
}

func drawFigures(t *rapid.T) []Figures {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Figures {
		cost := rapid.Float64Range(1, 4)
		return Figures{cost.Draw(t, "detection"), cost.Draw(t, "deaths"), cost.Draw(t, "bytes")}
	}), 1, 20).Draw(t, "figures")
}

func TestWhatIsRecommendedIsNowhereWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawFigures(t)
		given := rapid.IntRange(0, len(all)-1).Draw(t, "given")
		best := Recommend(all, given)
		require.True(t, all[best].nowhereWorse(all[given]))
		require.True(t, best == given || all[best].gain(all[given]) > 0)
		for _, f := range all {
			if f.nowhereWorse(all[given]) {
				require.LessOrEqual(t, f.gain(all[given]), max(all[best].gain(all[given]), math.Log(slack)))
			}
		}
	})
}

// Nothing is kept that an earlier one can stand for, and nothing is left out but what one that is
// kept and no slower can stand for.
func TestRepresentativesStandForAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawFigures(t)
		places := make([]int, len(all))
		for i := range places {
			places[i] = i
		}
		kept := Representatives(all, places)
		for i, place := range kept {
			for _, earlier := range kept[:i] {
				require.LessOrEqual(t, all[earlier].DetectionSeconds, all[place].DetectionSeconds)
				require.False(t, all[earlier].nowhereWorse(all[place]))
			}
		}
		for place := range all {
			require.True(t, slices.ContainsFunc(kept, func(other int) bool {
				return all[other].nowhereWorse(all[place]) &&
					all[other].DetectionSeconds <= all[place].DetectionSeconds
			}))
		}
	})
}
