package checkers

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

const exactHosts = 3

// happening is one step of a drawn run.
type happening struct {
	kind   string
	after  time.Duration
	host   node.ID
	origin uint32
	on     bool
}

func drawHappening(t *rapid.T) happening {
	kinds := []string{
		"routed", "routed", "routed", "believed", "believed", "believed", "known", "dead", "dead",
		"registered", "up", "stalled", "cut",
	}
	return happening{
		kind:   rapid.SampledFrom(kinds).Draw(t, "kind"),
		after:  time.Duration(rapid.IntRange(0, 5).Draw(t, "after")) * second,
		host:   node.ID(rapid.IntRange(0, exactHosts-1).Draw(t, "host")),
		origin: rapid.Uint32Range(0, 4).Draw(t, "origin"),
		on:     rapid.Bool().Draw(t, "on"),
	}
}

// bystander keeps what is so at every moment in the plainest of ways, and adds it up second by second.
type bystander struct {
	dead, registered [5]bool
	known, routed    [exactHosts][5]bool
	condemned        [exactHosts][5]bool
	open             [exactHosts][2]bool // by pool
	up, stalled, cut [exactHosts]bool

	asked, toDead, failedOpen, unaware, refused, observed, avoided float64
}

func newBystander() *bystander {
	b := &bystander{registered: [5]bool{true, true, true, true, false}}
	for host := range b.up {
		b.begin(host)
	}
	return b
}

func (b *bystander) begin(host int) {
	b.up[host], b.stalled[host] = true, false
	b.known[host] = [5]bool{true, true, true, true, false}
	b.routed[host] = [5]bool{true, true, true, true, true}
	b.condemned[host], b.open[host] = [5]bool{}, [2]bool{}
}

// judgeOpen looks whether each pool fails open at each host.
func (b *bystander) judgeOpen() {
	for host := range b.open {
		for pool, origins := range exactPools() {
			known := b.weights(host, origins, func(int) bool { return true })
			condemned := b.weights(host, origins, func(o int) bool { return b.condemned[host][o] })
			out := b.weights(host, origins, func(o int) bool { return !b.routed[host][o] })
			short := known-condemned < known/2
			b.open[host][pool] = out == 0 && (short || b.open[host][pool] && condemned > 0)
		}
	}
}

func exactPools() [][]int { return [][]int{{0, 1, 2, 3}, {4}} }

// watch lets a second go by.
func (b *bystander) watch() {
	for host := range b.up {
		if b.up[host] && !b.stalled[host] && !b.cut[host] {
			for pool, origins := range exactPools() {
				b.watchPool(host, pool, origins)
			}
			b.watchHealthy(host)
		}
	}
}

// weights adds up what is known at a host, of what is registered.
func (b *bystander) weights(host int, origins []int, of func(origin int) bool) (sum float64) {
	for _, origin := range origins {
		if b.registered[origin] && b.known[host][origin] && of(origin) {
			_, weight := traffic().Place(uint32(origin))
			sum += float64(weight)
		}
	}
	return sum
}

func (b *bystander) watchPool(host, pool int, origins []int) {
	routed := b.weights(host, origins, func(o int) bool { return b.routed[host][o] })
	dead := b.weights(host, origins, func(o int) bool { return b.routed[host][o] && b.dead[o] })
	unaware := b.weights(host, origins, func(o int) bool {
		return b.routed[host][o] && b.dead[o] && !b.condemned[host][o]
	})
	switch {
	case b.weights(host, origins, func(int) bool { return true }) == 0:
	case routed == 0:
		b.asked++
		b.refused++
	default:
		b.asked++
		b.toDead += dead / routed
		if b.open[host][pool] {
			b.failedOpen += dead / routed
		} else {
			b.unaware += unaware / routed
		}
	}
}

func (b *bystander) watchHealthy(host int) {
	all := []int{0, 1, 2, 3, 4}
	healthy := b.weights(host, all, func(o int) bool { return !b.dead[o] })
	avoided := b.weights(host, all, func(o int) bool { return !b.dead[o] && !b.routed[host][o] })
	if healthy > 0 {
		b.observed++
		b.avoided += avoided / healthy
	}
}

// play lets the same thing happen to the bystander and in the script. It says nothing that is so
// already, where the world would not.
func (h happening) play(b *bystander, s *script) {
	switch h.kind {
	case "routed":
		b.routed[h.host][h.origin] = h.on
		s.routed(h.host, h.origin, h.on)
	case "believed":
		b.condemned[h.host][h.origin] = h.on
		s.emit(h.host, node.Believed, h.origin, uint64(believedHealthy+oneIf(h.on)))
	case "known":
		b.known[h.host][h.origin] = h.on
		kind := node.OriginForgotten
		if h.on {
			kind = node.OriginLearned
		}
		s.emit(h.host, kind, h.origin)
	case "dead":
		b.dead[h.origin] = h.on
		s.origin(h.origin, !h.on)
	case "registered":
		b.registered[h.origin] = h.on
		s.registered(h.host, h.origin, h.on)
	default:
		h.playHost(b, s)
	}
}

func (h happening) playHost(b *bystander, s *script) {
	switch {
	case h.kind == "up" && b.up[h.host]:
		b.up[h.host] = false
		s.down(h.host)
	case h.kind == "up":
		b.begin(int(h.host))
		s.up(h.host)
	case h.kind == "stalled" && h.on:
		b.stalled[h.host] = true
		s.happens(HostStalled, h.host, false)
	case h.kind == "stalled":
		b.stalled[h.host] = false
		s.happens(HostResumed, h.host, false)
	default:
		b.cut[h.host] = h.on
		s.happens(UplinkChanged, h.host, !h.on)
	}
}

// "Integrated over all that time and not sampled": it agrees with who looks every second, when nothing
// happens in between.
func TestUsersAgreeWithABystander(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		happenings := rapid.SliceOfN(rapid.Custom(drawHappening), 1, 60).Draw(rt, "happenings")
		s, b, now := playUsers(t, exactHosts), newBystander(), time.Duration(0)
		for _, h := range happenings {
			if says := []string{"routed", "believed", "known", "stalled"}; !b.up[h.host] &&
				slices.Contains(says, h.kind) {
				continue // whoever is down says nothing
			}
			for range h.after / second {
				b.watch()
			}
			now += h.after
			h.play(b, s.at(now))
			b.judgeOpen()
		}
		s.end()
		got := s.report.Metrics()
		require.InDelta(rt, b.toDead, got["requests_dead_seconds"], 1e-6)
		require.InDelta(rt, 1e6*b.toDead/max(b.asked, 1), got["requests_dead_ppm"], 1e-3)
		require.InDelta(rt, 1e6*b.failedOpen/max(b.asked, 1), got["requests_failed_open_ppm"], 1e-3)
		require.InDelta(rt, 1e6*b.unaware/max(b.asked, 1), got["requests_unaware_ppm"], 1e-3)
		require.InDelta(rt, 1e6*b.refused/max(b.asked, 1), got["requests_refused_ppm"], 1e-3)
		require.InDelta(rt, 1e6*b.avoided/max(b.observed, 1), got["healthy_avoided_ppm"], 1e-3)
	})
}
