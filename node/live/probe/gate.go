package probe

import (
	"fmt"
	"sync"
)

// gate counts who is inside, and lets in no more than there is room for.
type gate struct {
	max, maxPerTarget int

	mutex   sync.Mutex
	inside  int
	targets map[string]int // of those inside; none is 0
	closing bool
	empty   chan struct{} // closed once it is closing and nobody is inside
}

func newGate(most, perTarget int) gate {
	return gate{
		max: most, maxPerTarget: perTarget,
		targets: map[string]int{}, empty: make(chan struct{}),
	}
}

// enter lets somebody in, or says why not.
func (g *gate) enter(target string) (refusal string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	switch {
	case g.closing:
		return "not probed: closing"
	case g.inside >= g.max:
		return fmt.Sprintf("not probed: %d probes under way already", g.inside)
	case g.targets[target] >= g.maxPerTarget:
		return fmt.Sprintf("not probed: %d probes of this target under way already",
			g.targets[target])
	}
	g.inside++
	g.targets[target]++
	return ""
}

func (g *gate) leave(target string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.inside--
	if g.targets[target]--; g.targets[target] == 0 {
		delete(g.targets, target)
	}
	if g.closing && g.inside == 0 {
		close(g.empty)
	}
}

func (g *gate) count() int {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.inside
}

// close lets in nobody any more and returns what is closed once all have left.
func (g *gate) close() <-chan struct{} {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if !g.closing && g.inside == 0 {
		close(g.empty)
	}
	g.closing = true
	return g.empty
}
