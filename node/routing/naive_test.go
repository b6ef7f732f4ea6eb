package routing

import (
	"slices"
	"time"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// naive is the model written down without any thought of speed: it looks at everything every time.
type naive struct {
	config  Config
	origins []naiveOrigin
	pools   [naivePools]naivePool
}

const naivePools = 3

type naiveOrigin struct {
	present, healthy, rotates bool
	pool                      uint32
	weight                    uint16
	rejoined                  clock.Time
	returns                   clock.Time // when it comes back into rotation; Never without a date
	departures                int
}

type naivePool struct {
	line      []uint32
	windowEnd clock.Time
	left      uint64
}

func newNaive(config Config, origins int) *naive {
	n := &naive{config: config, origins: make([]naiveOrigin, origins)}
	for i := range n.origins {
		n.origins[i].returns = clock.Never
	}
	return n
}

func (n *naive) add(now clock.Time, origin, pool uint32, weight uint16) {
	o := &n.origins[origin]
	moves := o.present && o.pool != pool
	if !o.present {
		*o = naiveOrigin{present: true, healthy: true, rotates: true, rejoined: now, returns: clock.Never}
	}
	if moves {
		n.outOfLine(origin)
	}
	o.pool, o.weight = pool, weight
	if moves && o.rotates && !o.healthy {
		n.pools[pool].line = append(n.pools[pool].line, origin)
	}
	if moves && o.returns != clock.Never {
		o.returns = now.Add(n.wait(o))
	}
	n.settle(now)
}

func (n *naive) remove(now clock.Time, origin uint32) {
	n.outOfLine(origin)
	n.origins[origin] = naiveOrigin{returns: clock.Never}
	n.settle(now)
}

func (n *naive) set(now clock.Time, origin uint32, healthy bool) {
	o := &n.origins[origin]
	if !o.present || o.healthy == healthy {
		return
	}
	o.healthy = healthy
	switch {
	case o.rotates && !healthy && o.departures == 0 && o.rejoined == now:
		o.rotates = false
	case o.rotates && !healthy:
		n.pools[o.pool].line = append(n.pools[o.pool].line, origin)
	case o.rotates:
		n.outOfLine(origin)
	case healthy:
		o.returns = now.Add(n.wait(o))
	default:
		o.returns = clock.Never
	}
	n.settle(now)
}

func (n *naive) outOfLine(origin uint32) {
	for i := range n.pools {
		p := &n.pools[i]
		p.line = slices.DeleteFunc(p.line, func(waiting uint32) bool { return waiting == origin })
	}
}

func (n *naive) wait(o *naiveOrigin) time.Duration {
	if o.departures == 0 {
		return 0
	}
	return min(n.config.Debounce<<(o.departures-1), n.config.LongestDebounce)
}

// settle lets everything happen that is due.
func (n *naive) settle(now clock.Time) {
	for i := range n.origins {
		if o := &n.origins[i]; o.returns <= now {
			o.rotates, o.rejoined, o.returns = true, now, clock.Never
		}
	}
	for i := range n.pools {
		for p := &n.pools[i]; len(p.line) > 0 && n.fits(now, i); p.line = p.line[1:] {
			n.depart(now, p)
		}
	}
}

func (n *naive) fits(now clock.Time, pool int) bool {
	p := &n.pools[pool]
	total, _ := n.weights(uint32(pool))
	left := p.left + uint64(n.origins[p.line[0]].weight)
	return now >= p.windowEnd || left*uint64(rng.Always) <= total*uint64(n.config.ChurnPPM)
}

func (n *naive) depart(now clock.Time, p *naivePool) {
	o := &n.origins[p.line[0]]
	if now >= p.windowEnd {
		p.windowEnd, p.left = now.Add(n.config.ChurnWindow), 0
	}
	p.left += uint64(o.weight)
	if now.Sub(o.rejoined) >= n.config.Forgiveness {
		o.departures = 0
	}
	o.departures++
	o.rotates = false
}

// weights returns the weight of a pool, and of those that are in rotation and healthy.
func (n *naive) weights(pool uint32) (total, available uint64) {
	for _, o := range n.origins {
		if o.present && o.pool == pool {
			total += uint64(o.weight)
		}
		if o.present && o.pool == pool && o.rotates && o.healthy {
			available += uint64(o.weight)
		}
	}
	return total, available
}

func (n *naive) panicking(pool uint32) bool {
	total, available := n.weights(pool)
	return available*uint64(rng.Always) < total*uint64(n.config.PanicPPM)
}

func (n *naive) routed(origin uint32) bool {
	o := n.origins[origin]
	return o.present && o.weight > 0 && (o.rotates || n.panicking(o.pool))
}

func (n *naive) next() clock.Time {
	next := clock.Never
	for _, o := range n.origins {
		next = min(next, o.returns)
	}
	for i := range n.pools {
		if len(n.pools[i].line) > 0 {
			next = min(next, n.pools[i].windowEnd)
		}
	}
	return next
}
