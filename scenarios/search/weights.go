package search

import "butterfly/sim/rng"

// weights is what is known of the pairs of so many features, each feature with itself among them.
//
// What counts is how good the runs were that had both, on average, beside the average of all runs: the
// fourth power of that ratio. For finds are rare and pairs many, and most pairs have a share in what others
// find, when they were there by chance: the first power would drown the few that matter. Pairs of which
// little is known are taken for average, and none weighs so little that it would not come up. What is long
// ago counts less.
type weights struct {
	features int
	// of holds the weight of each pair (a, b) with a <= b, at a*features+b.
	of []uint64
	// pairs is what runs with each pair were worth, all what all were.
	pairs []record
	all   record
}

// record is how many runs there were, and what they were worth together, both in thousandths.
type record struct{ runs, worth uint64 }

const (
	// oneRun is a run in a record. Of what there is one in forget is lost with every generation: half in
	// 44 of them, or 1400 runs.
	oneRun, forget = 1000, 64
	// doubt is how many average runs each pair is given on top of those that it had.
	doubt = 4 * oneRun
	// one is a ratio of 1. A ratio is a quarter at least, so that a pair comes up for each 256 of an
	// average one, and 16 at most.
	one, least, most = 64, one / 4, one * 16
)

func newWeights(features int) weights {
	w := weights{
		features: features, of: make([]uint64, features*features),
		pairs: make([]record, features*features),
	}
	w.settle()
	return w
}

// draw returns a pair, each as likely as its weight says.
func (w *weights) draw(luck *rng.Rand) (a, b int) {
	var sum uint64
	for _, weight := range w.of {
		sum += weight
	}
	rest, pair := luck.Below(sum), 0
	for rest >= w.of[pair] {
		rest -= w.of[pair]
		pair++
	}
	return pair / w.features, pair % w.features
}

// note takes in a run that had the features, and what it was worth, from 0 to [fullWorth].
func (w *weights) note(on subset, worth uint64) {
	w.all.add(worth)
	for a := range w.features {
		for b := a; b < w.features; b++ {
			if on.has(a) && on.has(b) {
				w.pairs[a*w.features+b].add(worth)
			}
		}
	}
}

// settle works out the weights, and forgets a little.
func (w *weights) settle() {
	average := w.all.average(0)
	for a := range w.features {
		for b := a; b < w.features; b++ {
			pair := &w.pairs[a*w.features+b]
			ratio := uint64(one)
			if average > 0 {
				ratio = min(max(one*pair.average(average)/average, least), most)
			}
			w.of[a*w.features+b] = ratio * ratio * ratio * ratio
			pair.forget()
		}
	}
	w.all.forget()
}

func (r *record) add(worth uint64) {
	r.runs += oneRun
	r.worth += oneRun * worth
}

func (r *record) forget() {
	r.runs -= r.runs / forget
	r.worth -= r.worth / forget
}

// average is what a run was worth, in thousandths, if some more were as usual.
func (r *record) average(usual uint64) uint64 {
	return (oneRun*r.worth + doubt*usual) / (r.runs + doubt)
}
