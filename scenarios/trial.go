package scenarios

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// TrialKind names what a group goes through.
type TrialKind string

const (
	// Crashes: Percent of the servers die, for good or to return.
	Crashes TrialKind = "crashes"
	// Halves: the network falls into two halves for Cut, and is joined again.
	Halves TrialKind = "halves"
	// Slowness: the sockets of Slow servers are blocked again and again, all at once.
	Slowness TrialKind = "slowness"
)

// TrialKinds returns every kind.
func TrialKinds() []TrialKind { return []TrialKind{Crashes, Halves, Slowness} }

// Trial is an experiment with a group: how hard it is struck, in the experiment's own terms. The
// seed decides when it begins, and whom it strikes. What only another kind of trial has must be 0.
type Trial struct {
	Kind TrialKind `json:"kind"`
	// From and To are between when it begins: where in a protocol period is a matter of luck.
	From Span `json:"from"`
	To   Span `json:"to"`

	// Percent is the share of servers that crash, at least one; 0 is a single one.
	Percent int `json:"percent,omitempty"`
	// Within is the time over which they crash, 0 for all at one moment.
	Within Span `json:"within,omitempty"`
	// Down is after how long each is back, without its disk; 0 for never.
	Down Span `json:"down,omitempty"`

	// Cut is how long the halves are apart.
	Cut Span `json:"cut,omitempty"`

	// Slow is how many servers are blocked, the C of the Lifeguard paper (section V).
	Slow int `json:"slow,omitempty"`
	// Block is how long each time (D), and Free how long they run in between (I).
	Block Span `json:"block,omitempty"`
	Free  Span `json:"free,omitempty"`
	// Cycles is for how long blocks go on beginning; the last of them ends a little later.
	Cycles Span `json:"cycles,omitempty"`
}

// minBlock is the shortest cut or block: shorter ones prove nothing.
const minBlock = Span(time.Millisecond)

// validate reports the first thing wrong with the trial in a group of the given size.
func (t *Trial) validate(servers int, duration Span) error {
	if err := oneOf(t.Kind, TrialKinds()); err != nil {
		return fmt.Errorf("kind: %w", err)
	}
	if t.Percent < 0 || t.Percent > 100 {
		return fmt.Errorf("percent: %d, expected 0 to 100", t.Percent)
	}
	if err := t.validateForeign(); err != nil {
		return err
	}
	if err := t.validateSpans(); err != nil {
		return err
	}
	if err := t.validateSlowness(servers); err != nil {
		return err
	}
	if t.Kind == Halves && servers < 2 {
		return fmt.Errorf("kind: a group of %d has no halves", servers)
	}
	if t.To < t.From || t.To > duration || t.length() > duration-t.To {
		return fmt.Errorf("to: from %v or up to %v on for %v does not lie within the run of %v",
			t.From, t.To, t.length(), duration)
	}
	return nil
}

// validateForeign refuses what only trials of another kind have: nobody would look at it.
func (t *Trial) validateForeign() error {
	for _, field := range []struct {
		name string
		of   TrialKind
		set  bool
	}{
		{"percent", Crashes, t.Percent != 0}, {"within", Crashes, t.Within != 0},
		{"down", Crashes, t.Down != 0}, {"cut", Halves, t.Cut != 0},
		{"slow", Slowness, t.Slow != 0}, {"block", Slowness, t.Block != 0},
		{"free", Slowness, t.Free != 0}, {"cycles", Slowness, t.Cycles != 0},
	} {
		if field.set && field.of != t.Kind {
			return fmt.Errorf("%s: expected none in a trial by %s", field.name, t.Kind)
		}
	}
	return nil
}

func (t *Trial) validateSpans() error {
	var leastCut, leastBlock, leastCycles Span
	switch t.Kind {
	case Halves:
		leastCut = minBlock
	case Slowness:
		leastBlock, leastCycles = minBlock, 1
	}
	for _, span := range []struct {
		name         string
		value, least Span
	}{
		{"from", t.From, 0}, {"to", t.To, 0}, {"within", t.Within, 0}, {"down", t.Down, 0},
		{"cut", t.Cut, leastCut}, {"block", t.Block, leastBlock}, {"free", t.Free, 0},
		{"cycles", t.Cycles, leastCycles},
	} {
		if span.value < span.least || span.value > Span(MaxDuration) {
			return fmt.Errorf("%s: %v, expected %v to %v",
				span.name, span.value, span.least, MaxDuration)
		}
	}
	return nil
}

func (t *Trial) validateSlowness(servers int) error {
	if t.Kind != Slowness {
		return nil
	}
	if t.Slow < 1 || t.Slow > servers {
		return fmt.Errorf("slow: %d, expected 1 to the number of servers, %d", t.Slow, servers)
	}
	if n := t.blocks(); n > MaxFaults {
		return fmt.Errorf("cycles: %d blocks in %v, expected at most %d", n, t.Cycles, MaxFaults)
	}
	return nil
}

// length is how long the trial lasts from its beginning.
func (t *Trial) length() Span {
	switch t.Kind {
	case Crashes:
		return t.Within + t.Down
	case Halves:
		return t.Cut
	}
	return Span(t.blocks()-1)*(t.Block+t.Free) + t.Block
}

// Window is between when all that the trial does lies, whenever the seed lets it begin.
func (t *Trial) Window() (from, to Span) { return t.From, t.To + t.length() }

// blocks is how often the slow servers are blocked: as long as Cycles is not over when a block
// begins.
func (t *Trial) blocks() int {
	cycle := t.Block + t.Free
	return int((t.Cycles + cycle - 1) / cycle)
}

// faults turns the trial into faults.
func (t *Trial) faults(seed uint64, servers int) []Fault {
	luck := rng.Stream(seed, "trial", 0)
	begin := t.From + moment(&luck, t.To-t.From)
	switch t.Kind {
	case Crashes:
		return t.crashes(&luck, begin, servers)
	case Halves:
		half := chooseSorted[node.ID](&luck, servers, servers/2)
		return []Fault{{Kind: Partition, At: begin, For: t.Cut, Hosts: half}}
	}
	return t.slowness(&luck, begin, servers)
}

// moment draws a time from 0 to within, to the millisecond.
func moment(luck *rng.Rand, within Span) Span {
	const unit = Span(time.Millisecond)
	return Span(luck.Below(uint64(within/unit)+1)) * unit
}

// crashes makes one fault of all that strikes at one moment, and one for each server otherwise.
func (t *Trial) crashes(luck *rng.Rand, begin Span, servers int) []Fault {
	struck := chooseSorted[node.ID](luck, servers, max(1, servers*t.Percent/100))
	if t.Within == 0 {
		return []Fault{{Kind: Crash, At: begin, For: t.Down, Hosts: struck}}
	}
	all := make([]Fault, len(struck))
	for i, host := range struck {
		at := begin + moment(luck, t.Within)
		all[i] = Fault{Kind: Crash, At: at, For: t.Down, Hosts: []node.ID{host}}
	}
	return all
}

func (t *Trial) slowness(luck *rng.Rand, begin Span, servers int) []Fault {
	slow := chooseSorted[node.ID](luck, servers, t.Slow)
	all := make([]Fault, t.blocks())
	for i := range all {
		at := begin + Span(i)*(t.Block+t.Free)
		all[i] = Fault{Kind: Block, At: at, For: t.Block, Hosts: slow}
	}
	return all
}
