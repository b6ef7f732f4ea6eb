package rumor

import (
	"math"

	"butterfly/sim/clock"
)

// Trial is what became of one rumor.
type Trial struct {
	// Residue is the share of the sites that never heard of the update: s in the paper.
	Residue float64
	// Traffic is how many updates were sent, useful or not, per site: m.
	Traffic float64
	// MeanDelay and LastDelay are the numbers of cycles until a site heard of the update, of those
	// that did and did not know it from the start: on average and at most, t_ave and t_last. Both
	// are 0 if there are none.
	MeanDelay, LastDelay float64
}

func newTrial(sites []*site) Trial {
	reached, sent, last, sum := 0, 0, 0, 0
	for _, s := range sites {
		sent += s.sent
		if s.heard == clock.Never {
			continue
		}
		reached++
		delay := int(s.heard.Since() / cycle) // 0 for the origin
		sum += delay
		last = max(last, delay)
	}
	n := float64(len(sites))
	return Trial{
		Residue: float64(len(sites)-reached) / n, Traffic: float64(sent) / n,
		MeanDelay: float64(sum) / float64(max(reached-1, 1)), LastDelay: float64(last),
	}
}

// Row sums up trials of one plan.
type Row struct {
	Plan
	Trials                                 int
	Residue, Traffic, MeanDelay, LastDelay Estimate
}

// Estimate is a mean over trials.
type Estimate struct {
	Mean float64
	// Error is the standard error of the mean, from the spread of the trials: 0 if all were equal,
	// and of a single one.
	Error float64
}

// Summarise sums up trials of a plan. Without trials all is 0.
func Summarise(plan Plan, trials []Trial) Row {
	estimate := func(of func(*Trial) float64) Estimate { return newEstimate(trials, of) }
	return Row{
		Plan: plan, Trials: len(trials),
		Residue:   estimate(func(t *Trial) float64 { return t.Residue }),
		Traffic:   estimate(func(t *Trial) float64 { return t.Traffic }),
		MeanDelay: estimate(func(t *Trial) float64 { return t.MeanDelay }),
		LastDelay: estimate(func(t *Trial) float64 { return t.LastDelay }),
	}
}

func newEstimate(trials []Trial, of func(*Trial) float64) Estimate {
	count := float64(len(trials))
	if count == 0 {
		return Estimate{}
	}
	sum, squares := 0.0, 0.0
	for i := range trials {
		sum += of(&trials[i])
	}
	mean := sum / count
	for i := range trials {
		squares += (of(&trials[i]) - mean) * (of(&trials[i]) - mean)
	}
	return Estimate{Mean: mean, Error: math.Sqrt(squares / max(count-1, 1) / count)}
}
