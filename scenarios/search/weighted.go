package search

import (
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// weighted leaves out features as swarm does, but for two, which are drawn by what is known of pairs.
type weighted struct {
	choice
	weights weights
	news    news
	// learned is how many seeds of this generation are.
	learned int
}

// generation is how many seeds are planned on the same weights: few enough to follow what is found, and
// enough to keep many cores busy.
const generation = 32

// companies are the chances of a feature that is not one of the two, of which each plan has one: none, so
// that nothing gets in the way of the two, a few, and as many as with swarm.
var companies = [...]rng.PPM{0, 125_000, 500_000}

func newWeighted(base scenarios.Scenario) (Strategy, error) {
	c, err := newChoice(base)
	if err != nil {
		return nil, err
	}
	return &weighted{choice: c, weights: newWeights(len(c.features)), news: newNews()}, nil
}

func (w *weighted) Plan(seed uint64) scenarios.Scenario { return w.plan(seed, w.subset(seed)) }

// subset draws a pair of features by their weight, and others for company. A pair may be of one alone.
func (w *weighted) subset(seed uint64) (on subset) {
	luck := rng.Stream(seed, "weighted", 0)
	a, b := w.weights.draw(&luck)
	on = 1<<a | 1<<b
	company := companies[luck.Intn(len(companies))]
	for number := range w.features {
		if company.Hit(&luck) {
			on |= 1 << number
		}
	}
	return on
}

// Learn notes what the features of a plan were worth, which plans feel once their generation is over.
func (w *weighted) Learn(seed uint64, _ *scenarios.Scenario, result *world.Result) {
	w.weights.note(w.subset(seed), w.news.worth(result))
	w.learned++
	if w.learned == generation {
		w.weights.settle()
		w.learned = 0
	}
}

func (w *weighted) Generation() int { return generation }

func (w *weighted) Count() (plans uint64, bounded bool) { return 0, false }

func (w *weighted) Scope() *Scope { return nil }
