package tune

import (
	"cmp"
	"math"
	"slices"
)

// slack is by which factor figures have to differ to be told apart: what is less comes and goes
// with the seeds.
const slack = 1.05

// Recommend returns the place of the best candidate that is nowhere worse than the given one: of
// those whose figures are all within 5 % of its figures, or better, the one whose gains multiply to
// most. It is the given one if no gain reaches 5 %.
func Recommend(all []Figures, given int) int {
	best, most := given, math.Log(slack)
	for i, f := range all {
		if gain := f.gain(all[given]); f.nowhereWorse(all[given]) && gain > most {
			best, most = i, gain
		}
	}
	return best
}

// Representatives returns places in the order of their detection times, without those that an
// earlier one can stand for because it is nowhere worse.
func Representatives(all []Figures, places []int) (kept []int) {
	sorted := slices.SortedStableFunc(slices.Values(places), func(i, j int) int {
		return cmp.Compare(all[i].DetectionSeconds, all[j].DetectionSeconds)
	})
	for _, place := range sorted {
		stands := func(other int) bool { return all[other].nowhereWorse(all[place]) }
		if !slices.ContainsFunc(kept, stands) {
			kept = append(kept, place)
		}
	}
	return kept
}

// nowhereWorse reports whether no figure is worse than the other's by more than can be told.
func (f Figures) nowhereWorse(other Figures) bool {
	mine, others := f.costs(), other.costs()
	for i := range mine {
		if mine[i] > slack*others[i] {
			return false
		}
	}
	return true
}

// gain is the logarithm of how many times better f is than the other, all three figures together.
func (f Figures) gain(other Figures) (sum float64) {
	mine, others := f.costs(), other.costs()
	for i := range mine {
		sum += math.Log(others[i] / mine[i])
	}
	return sum
}

// costs are positive. One false death more makes no difference where there are many, and a bearable
// one where there are none.
func (f Figures) costs() [3]float64 {
	return [3]float64{f.DetectionSeconds, f.BytesPerNodeSecond, 1 + f.FalseDeaths}
}
