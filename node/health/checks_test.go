package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// input is one thing that can happen to a Checks; which fields count depends on kind.
type input struct {
	kind       string
	pause      time.Duration // before it happens
	member     node.ID
	generation uint64
	origin     uint32
	status     Status
	stale      uint32 // how many tokens ago the probe was that a result is for
	due        bool   // whether the caller gets round to calling Due
}

var inputs = rapid.Custom(func(t *rapid.T) input {
	return input{
		kind: rapid.SampledFrom([]string{
			"up", "up", "down", "claimed", "claimed", "unclaimed", "written",
			"probed", "probed", "probed", "learn", "forget", "activate",
		}).Draw(t, "kind"),
		pause: rapid.SampledFrom([]time.Duration{
			0, 0, time.Millisecond, 300 * time.Millisecond,
			time.Second, 7 * time.Second, 45 * time.Second,
		}).Draw(t, "pause"),
		member:     node.ID(rapid.IntRange(0, modelMembers-1).Draw(t, "member")),
		generation: rapid.Uint64Range(firstLife, firstLife+1).Draw(t, "generation"),
		origin:     rapid.Uint32Range(0, modelOrigins-1).Draw(t, "origin"),
		status:     Status(rapid.IntRange(0, 2).Draw(t, "status")),
		stale:      rapid.SampledFrom([]uint32{0, 0, 0, 0, 1}).Draw(t, "stale"),
		due:        rapid.SampledFrom([]bool{true, true, true, false}).Draw(t, "due"),
	}
})

// pair is a Checks and the model, fed alike.
type pair struct {
	*Checks
	model *model
	now   clock.Time
}

func newPair(cfg Config, self node.ID, seed uint64) *pair {
	return &pair{
		Checks: New(cfg, self, firstLife, modelOrigins, hashed, rng.New(seed)),
		model:  newModel(cfg, self, rng.New(seed)),
	}
}

func TestChecksAgainstTheModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := DefaultConfig()
		cfg.Rise = rapid.IntRange(1, 3).Draw(t, "rise")
		cfg.Fall = rapid.IntRange(1, 3).Draw(t, "fall")
		self := node.ID(rapid.IntRange(0, modelMembers-1).Draw(t, "self"))
		length := rapid.IntRange(1, 100).Draw(t, "length")
		plan := rapid.SliceOfN(inputs, length, length).Draw(t, "plan")
		p := newPair(cfg, self, 7)
		for _, in := range plan {
			p.now = p.now.Add(in.pause)
			p.apply(t, in)
			if in.due {
				p.compareDue(t)
			}
			p.compare(t)
			p.checkInvariants(t)
		}
	})
}

// apply feeds one input to both; the model works everything out again after it.
func (p *pair) apply(t require.TestingT, in input) {
	o := &p.model.origins[in.origin]
	switch in.kind {
	case "activate":
		p.model.active = true
		p.Activate(p.now)
	case "up":
		if in.member != p.self {
			p.model.lives[in.member] = in.generation
		}
		p.MemberUp(p.now, in.member, in.generation)
	case "down":
		if in.member != p.self {
			p.model.lives[in.member] = 0
		}
		p.MemberDown(p.now, in.member)
	case "claimed":
		p.claim(in.origin, Claim{in.member, in.generation, in.status})
	case "unclaimed":
		p.claim(in.origin, Claim{Claimant: node.Nobody})
	case "written":
		p.claim(in.origin, Claim{p.self, firstLife, p.Status(in.origin)})
	case "learn", "forget":
		o.known = in.kind == "learn"
		map[bool]func(clock.Time, uint32){true: p.Learn, false: p.Forget}[o.known](p.now, in.origin)
	case "probed":
		token, up := o.token-in.stale, in.status == Healthy
		result := node.ProbeResult{Origin: in.origin, Token: token, Outcome: outcome(up)}
		wantStatus, wantWrite := p.model.probed(result)
		status, write := p.Probed(p.now, result)
		require.Equal(t, wantStatus, status, "status after a result")
		require.Equal(t, wantWrite, write, "write after a result")
	}
	p.model.decide(p.now)
}

func (p *pair) claim(origin uint32, claim Claim) {
	p.model.claimed(p.now, int(origin), claim)
	p.Claimed(p.now, origin, claim)
}

func (p *pair) compareDue(t require.TestingT) {
	var probes []node.Probe
	for probe, ok := p.Due(p.now); ok; probe, ok = p.Due(p.now) {
		probes = append(probes, probe)
	}
	require.Equal(t, p.model.due(p.now), probes, "probes due")
	require.Greater(t, p.Next(), p.now, "nothing left to do now")
}

func (p *pair) compare(t require.TestingT) {
	require.Equal(t, p.model.next(), p.Next(), "next")
	require.Equal(t, p.model.events, append([]node.Event(nil), p.TakeEvents()...), "events")
	p.model.events = nil
	count := 0
	for i := range p.model.origins {
		origin := uint32(i)
		require.Equal(t, p.model.ranking(i)[0], p.Owner(origin), "owner of %d", i)
		require.Equal(t, p.model.status(i), p.Status(origin), "status of %d", i)
		require.Equal(t, p.model.origins[i].phase == checking, p.Checking(origin), "checking %d", i)
		if p.Checking(origin) {
			count++
		}
	}
	require.Equal(t, count, p.CheckingCount())
}

// checkInvariants checks the numbered invariants of the package documentation.
func (p *pair) checkInvariants(t require.TestingT) {
	for i := range p.origins {
		o := &p.origins[i]
		require.Equal(t, p.model.rank(i), int(o.rank), "I1")
		if o.phase != idle {
			require.True(t, p.active && o.known && !p.model.covered(i), "I2")
		}
		require.False(t, o.phase == waiting && o.rank == 0, "I3")
		require.Equal(t, o.phase != idle, p.origins[i].place != 0, "I4")
		require.False(t, o.outstanding && o.phase != checking, "I5")
		if o.phase == checking {
			require.Less(t, int(o.streak), p.threshold(o.status), "I6")
		}
	}
}
