package spread

import (
	"math"
	"slices"
	"sort"
	"time"

	"butterfly/node/gossip"
)

// Curve is what many trials of one plan say.
type Curve struct {
	Plan   Plan
	Trials int
	// Points are by time: each round of aligned timers, each tenth of a period of others, from 0
	// until all servers are informed in all trials.
	Points []Point
	// Completion is the time until all servers are informed.
	Completion Completion
}

// Point is the share of servers informed at one moment, over the trials: from 0 to 1.
type Point struct {
	// Time is since the write, in rounds or periods.
	Time float64
	// Mean is over the trials, and the others are their percentiles.
	Mean, P10, P50, P90 float64
	// Theory is the share by the recurrence or the mean field, see [Recurrence] and [MeanField].
	Theory float64
}

// Completion is the distribution of a time over the trials, in rounds or periods.
type Completion struct {
	Mean float64
	// Deviation is the standard deviation of one trial; 0 of one trial alone.
	Deviation float64
	// The percentiles are trials: the least that as many are not above.
	P50, P99, P999, Max float64
}

// Summarise makes a curve of trials of a plan, of which there must be some.
func Summarise(p Plan, trials []Trial) Curve {
	c := Curve{Plan: p, Trials: len(trials), Completion: complete(trials)}
	step := p.step()
	count := int(math.Ceil(c.Completion.Max/step.Seconds())) + 1
	theory := p.theory(count)
	for i := range count {
		c.Points = append(c.Points, pointAt(time.Duration(i)*step, trials, theory[i]))
	}
	return c
}

// step is the time between two points of a curve.
func (p *Plan) step() time.Duration {
	if p.Timer == gossip.Aligned {
		return Period
	}
	return Period / 10
}

// theory returns the share informed at so many points.
func (p *Plan) theory(count int) []float64 {
	if p.Timer == gossip.Aligned {
		return Recurrence(*p, count-1)
	}
	return MeanField(*p, p.step().Seconds(), count)
}

// pointAt counts in whole servers, so that a share is not off by what sums of shares are.
func pointAt(at time.Duration, trials []Trial, theory float64) Point {
	counts, sum := make([]int, len(trials)), 0
	for i, t := range trials {
		counts[i] = t.informedAt(at)
		sum += counts[i]
	}
	slices.Sort(counts)
	servers := float64(len(trials[0].Informed))
	return Point{
		Time: at.Seconds(), Mean: float64(sum) / (servers * float64(len(trials))),
		P10:    float64(quantile(counts, 100)) / servers,
		P50:    float64(quantile(counts, 500)) / servers,
		P90:    float64(quantile(counts, 900)) / servers,
		Theory: theory,
	}
}

// informedAt is how many servers are informed after a time.
func (t Trial) informedAt(at time.Duration) int {
	return sort.Search(len(t.Informed), func(i int) bool { return t.Informed[i] > at })
}

func complete(trials []Trial) Completion {
	times := make([]float64, len(trials))
	for i, t := range trials {
		times[i] = t.Completed().Seconds()
	}
	slices.Sort(times)
	mean := meanOf(times)
	return Completion{
		Mean: mean, Deviation: deviation(times, mean),
		P50: quantile(times, 500), P99: quantile(times, 990), P999: quantile(times, 999),
		Max: times[len(times)-1],
	}
}

// quantile returns the least of the ascending samples that so many thousandths of them are not
// above.
func quantile[N int | float64](sorted []N, perMille int) N {
	return sorted[max(1, (len(sorted)*perMille+999)/1000)-1]
}

func meanOf(samples []float64) float64 {
	sum := 0.0
	for _, x := range samples {
		sum += x
	}
	return sum / float64(len(samples))
}

func deviation(samples []float64, mean float64) float64 {
	if len(samples) < 2 {
		return 0
	}
	squares := 0.0
	for _, x := range samples {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / float64(len(samples)-1))
}
