package health

import (
	"math"
	"slices"
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
	definition int
	status     Status
	outcome    node.Outcome
	stale      uint32 // how many tokens ago the probe was that a result is for
	due        bool   // whether the caller gets round to calling Due
}

var inputs = rapid.Custom(func(t *rapid.T) input {
	return input{
		kind: rapid.SampledFrom([]string{
			"up", "up", "down", "claimed", "claimed", "unclaimed", "written", "contested",
			"probed", "probed", "probed", "probed", "probed", "probed",
			"register", "register", "unregister", "heard", "activate",
		}).Draw(t, "kind"),
		pause: rapid.SampledFrom([]time.Duration{
			0, 0, time.Millisecond, 150 * time.Millisecond, 300 * time.Millisecond,
			time.Second, 7 * time.Second, 45 * time.Second,
		}).Draw(t, "pause"),
		member:     node.ID(rapid.IntRange(0, modelMembers-1).Draw(t, "member")),
		generation: rapid.Uint64Range(firstLife, firstLife+1).Draw(t, "generation"),
		origin:     rapid.Uint32Range(0, modelOrigins-1).Draw(t, "origin"),
		definition: rapid.IntRange(0, modelDefinitions-1).Draw(t, "definition"),
		status:     Status(rapid.IntRange(0, int(Unable)).Draw(t, "status")),
		outcome: rapid.SampledFrom([]node.Outcome{
			node.Succeeded, node.Failed, node.Failed, node.Unable,
		}).Draw(t, "outcome"),
		stale: rapid.SampledFrom([]uint32{0, 0, 0, 0, 1}).Draw(t, "stale"),
		due:   rapid.SampledFrom([]bool{true, true, true, false}).Draw(t, "due"),
	}
})

const modelDefinitions = 3

var definitions = rapid.Custom(func(t *rapid.T) Definition {
	spans := func(label string, spans ...time.Duration) time.Duration {
		return rapid.SampledFrom(spans).Draw(t, label) * time.Millisecond
	}
	d := DefaultDefinition()
	d.Interval = spans("interval", 1000, 1000, 400, 5000)
	d.Timeout = spans("timeout", 200, 400)
	d.Jitter = spans("jitter", 0, 0, 100)
	d.FastInterval = spans("fast interval", 0, 100, 400)
	d.Rise = rapid.IntRange(1, 3).Draw(t, "rise")
	d.Fall = rapid.IntRange(1, 3).Draw(t, "fall")
	d.Semantics = Semantics(rapid.IntRange(0, 2).Draw(t, "semantics"))
	d.Window = rapid.IntRange(1, 4).Draw(t, "window")
	d.Threshold = rapid.IntRange(1, d.Window).Draw(t, "threshold")
	d.Initial = Status(rapid.IntRange(0, 2).Draw(t, "initial"))
	return d
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
		cfg.Definitions = rapid.SliceOfN(definitions, modelDefinitions, modelDefinitions).
			Draw(t, "definitions")
		require.NoError(t, cfg.Validate())
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
	p.model.moment++
	switch in.kind {
	case "activate":
		p.model.active = true
		p.Activate(p.now)
	case "up", "down":
		p.applyMember(in)
	case "claimed":
		p.claim(in.origin, claimBy(in.member, in.generation, in.status))
	case "unclaimed":
		p.claim(in.origin, Claim{Claimant: node.Nobody})
	case "written":
		p.claim(in.origin, claimBy(p.self, firstLife, p.Status(in.origin)))
	case "contested":
		claim := claimBy(p.self, firstLife, in.status)
		claim.Contested = true
		p.claim(in.origin, claim)
	case "register":
		p.model.register(p.now, int(in.origin), in.definition)
		p.Register(p.now, in.origin, uint16(in.definition))
	case "unregister":
		p.model.register(p.now, int(in.origin), -1)
		p.Unregister(p.now, in.origin)
	case "heard":
		p.model.hear(p.now)
		p.Heard(p.now)
	case "probed":
		p.applyResult(t, in)
	}
	p.model.decide(p.now)
}

func (p *pair) applyMember(in input) {
	if in.kind == "up" {
		if in.member != p.self {
			p.model.lives[in.member] = in.generation
			p.model.peers = true
		}
		p.MemberUp(p.now, in.member, in.generation)
		return
	}
	if in.member != p.self {
		p.model.lives[in.member] = 0
	}
	p.MemberDown(p.now, in.member)
}

func (p *pair) claim(origin uint32, claim Claim) {
	p.model.claimed(int(origin), claim)
	p.Claimed(p.now, origin, claim)
}

func (p *pair) applyResult(t require.TestingT, in input) {
	result := node.ProbeResult{Origin: in.origin, Token: noToken, Outcome: in.outcome}
	if tokens := p.model.origins[in.origin].tokens; int(in.stale) < len(tokens) {
		result.Token = tokens[len(tokens)-1-int(in.stale)]
	}
	wantStatus, wantWrite := p.model.probed(p.now, result)
	status, write := p.Probed(p.now, result)
	require.Equal(t, wantStatus, status, "status after a result")
	require.Equal(t, wantWrite, write, "write after a result")
}

// noToken is the token of no probe.
const noToken = math.MaxUint64

func (p *pair) compareDue(t require.TestingT) {
	var probes []node.Probe
	for probe, ok := p.Due(p.now); ok; probe, ok = p.Due(p.now) {
		o := &p.model.origins[probe.Origin]
		require.NotContains(t, o.tokens, probe.Token, "each probe has a token of its own")
		o.tokens, probe.Token = append(o.tokens, probe.Token), 0
		probes = append(probes, probe)
	}
	slices.SortFunc(probes, func(a, b node.Probe) int { return int(a.Origin) - int(b.Origin) })
	require.Equal(t, p.model.due(p.now), probes, "probes due")
	require.Greater(t, p.Next(), p.now, "nothing left to do now")
}

func (p *pair) compare(t require.TestingT) {
	require.Equal(t, p.model.next(), p.Next(), "next")
	require.Equal(t, bySubject(p.model.events), bySubject(p.TakeEvents()), "events")
	p.model.events = nil
	count := 0
	for i := range p.model.origins {
		origin := uint32(i)
		require.Equal(t, p.model.ranking(i)[0], p.Owner(origin), "owner of %d", i)
		require.Equal(t, p.model.status(i), p.Status(origin), "status of %d", i)
		require.Equal(t, p.model.origins[i].phase == checking, p.Checking(origin), "checking %d", i)
		definition, known := p.Known(origin)
		require.Equal(t, p.model.origins[i].definition >= 0, known, "known %d", i)
		if known {
			require.EqualValues(t, p.model.origins[i].definition, definition, "definition of %d", i)
		}
		if p.Checking(origin) {
			count++
		}
	}
	require.Equal(t, count, p.CheckingCount())
}

// bySubject puts events of different origins that happened at the same moment into one order.
func bySubject(events []node.Event) []node.Event {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b node.Event) int { return int(a.Subject) - int(b.Subject) })
	return append([]node.Event{}, sorted...)
}

// checkInvariants checks the numbered invariants of the package documentation.
func (p *pair) checkInvariants(t require.TestingT) {
	claims := 0
	for id := range node.ID(modelMembers) {
		p.EachClaimOf(id, func(origin uint32) {
			claims++
			require.Equal(t, id, p.origins[origin].claimant, "I1")
		})
	}
	for i := range p.origins {
		o, at := &p.origins[i], &p.prober.places[i]
		if o.claimant != node.Nobody {
			claims--
		}
		if o.phase != idle {
			require.True(t, p.active && o.definition != unregistered && !p.model.covered(i), "I2")
		}
		waits := o.phase == patient || o.phase == waiting
		require.False(t, waits && p.model.rank(i) == 0, "I3")
		require.Equal(t, waits, p.waits.holds(uint32(i)), "I4")
		require.Equal(t, o.phase == checking, p.prober.Probing(uint32(i)), "I5")
		if o.phase == checking {
			require.EqualValues(t, i, p.prober.targets[at.number-1].origin, "I5")
			require.True(t, p.prober.queue.holds(at.number-1), "I4")
		}
	}
	require.Zero(t, claims, "I1")
	checked := p.CheckingCount()
	require.Equal(t, checked, len(p.prober.targets)-len(p.prober.spare), "I5")
	for _, number := range p.prober.spare {
		require.Zero(t, p.prober.targets[number], "I5")
		require.False(t, p.prober.queue.holds(number), "I4")
	}
}
