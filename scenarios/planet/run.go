package planet

import (
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// World is a data centre's run under way: a [world.World].
type World interface {
	// Advance plays the run up to and including the given time.
	Advance(to clock.Time)
	// Result ends the run where it stands and says what it proves.
	Result() *world.Result
}

// Build makes the world of a data centre, with one more checker.
type Build func(p Part, view checkers.Checker) World

// Run is a run of a whole planet under way. It plays one data centre after the other, so its time
// goes on where that of a single one would begin anew. It holds one world at a time, from the
// moment its turn comes to the moment it is over.
//
// Invariants: 0 <= len(done) <= len(parts); now is within the data centre of number len(done), or
// the end of the run; world is nil if and only if that data centre has not begun or there is none
// left.
type Run struct {
	name  string
	seed  uint64
	parts []Part
	each  time.Duration // how long a data centre's run takes
	build Build

	now   clock.Time
	done  []Outcome
	world World
	view  *View // of world
}

// New returns the run of a scenario with data centres that has not been expanded, and a seed.
func New(s scenarios.Scenario, seed uint64, build Build) *Run {
	return &Run{
		name: s.Name, seed: seed, parts: Parts(s, seed), each: s.Duration.Duration(), build: build,
	}
}

// Now is the time the run has reached: that of all data centres that are over, and of the one under
// way.
func (r *Run) Now() clock.Time { return r.now }

// Ends is when the last data centre is over.
func (r *Run) Ends() clock.Time { return r.begins(len(r.parts)) }

// begins is when the data centre of a number begins.
func (r *Run) begins(number int) clock.Time {
	return clock.At(time.Duration(number) * r.each)
}

// Advance plays the run up to and including the given time.
func (r *Run) Advance(to clock.Time) {
	for to = min(to, r.Ends()); r.now < to; {
		r.play(min(to, r.begins(len(r.done)+1)))
	}
}

// play goes on with the data centre whose turn it is, to a time that is not beyond its end.
func (r *Run) play(to clock.Time) {
	number := len(r.done)
	if r.world == nil {
		r.view = NewView(r.parts[number].Scenario.Origins)
		r.world = r.build(r.parts[number], r.view)
	}
	r.world.Advance(clock.At(to.Sub(r.begins(number))))
	r.now = to
	if to == r.begins(number+1) {
		r.done = append(r.done, Outcome{r.world.Result(), r.view})
		r.world, r.view = nil, nil
	}
}

// Run plays the run to its end.
func (r *Run) Run() *world.Result {
	r.Advance(r.Ends())
	return r.Result()
}

// Result ends the run where it stands and says what it proves.
func (r *Run) Result() *world.Result {
	outcomes := r.done
	if r.world != nil {
		outcomes = append(outcomes[:len(outcomes):len(outcomes)], Outcome{r.world.Result(), r.view})
	}
	return Merge(r.name, r.seed, r.parts, outcomes)
}
