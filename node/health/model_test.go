package health

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// model is the package documentation spelled out: after every input it works out the rank, the
// cover and the phase of every origin from scratch, looking at every member each time. What it
// knows of probes is in modelprober_test.go.
type model struct {
	cfg     Config
	self    node.ID
	active  bool
	lives   [modelMembers]uint64 // generation by member, 0 for one that is not live
	origins [modelOrigins]modelOrigin
	events  []node.Event
	modelProber
}

type modelOrigin struct {
	definition int // -1: not registered
	claim      Claim
	phase      phase
	begun, due clock.Time // of its wait; due of its next probe as well
	modelTarget
}

const modelMembers, modelOrigins = 6, 5

func newModel(cfg Config, self node.ID, rand rng.Rand) *model {
	m := &model{cfg: cfg, self: self}
	m.luck = rng.Key(rand.Uint64())
	m.lives[self] = firstLife
	for i := range m.origins {
		nobody := Claim{Claimant: node.Nobody}
		m.origins[i] = modelOrigin{definition: -1, claim: nobody, due: clock.Never}
	}
	return m
}

// ranking returns the live members for an origin, highest-ranked first.
func (m *model) ranking(origin int) []node.ID {
	var ids []node.ID
	for id, generation := range m.lives {
		if generation != 0 {
			ids = append(ids, node.ID(id))
		}
	}
	slices.SortStableFunc(ids, func(a, b node.ID) int {
		if hashed(uint32(origin), a) > hashed(uint32(origin), b) {
			return -1
		}
		return 1
	})
	return ids
}

func (m *model) rank(origin int) int { return slices.Index(m.ranking(origin), m.self) }

// covered: the claimant is live in the life it claimed in, ranks above us, and can probe.
func (m *model) covered(origin int) bool {
	claim := m.origins[origin].claim
	above := m.ranking(origin)[:m.rank(origin)]
	return slices.Contains(above, claim.Claimant) && m.lives[claim.Claimant] == claim.Generation &&
		claim.Status != Unable
}

func (m *model) decide(now clock.Time) {
	for i := range m.origins {
		o, rank := &m.origins[i], m.rank(i)
		switch {
		case !m.active || o.definition < 0 || m.covered(i):
			m.stop(i)
		case o.phase == checking:
		case rank == 0:
			m.begin(now, i)
		case o.phase == idle:
			o.phase, o.begun, o.due = patient, now, now.Add(m.cfg.RankWait)
		case o.phase == waiting:
			o.due = min(o.due, now.Add(time.Duration(rank)*m.cfg.RankWait))
		}
	}
}

func (m *model) stop(origin int) {
	o := &m.origins[origin]
	if o.phase == checking {
		m.emit(node.CheckEnded, origin, 0)
		o.modelTarget = modelTarget{tokens: o.tokens, told: o.told}
		if o.claim.Status != Unable {
			o.told = o.claim.Status
		} else {
			o.told = Unknown
		}
	}
	o.phase, o.due = idle, clock.Never
}

func (m *model) begin(now clock.Time, origin int) {
	o := &m.origins[origin]
	o.phase, o.due = checking, m.firstProbe(now, origin)
	o.status = o.told
	if o.status == Unknown {
		o.status, o.assumed = m.definition(origin).Initial, true
	}
	m.beginAnew(origin)
	m.emit(node.CheckBegan, origin, uint64(m.rank(origin)))
}

func (m *model) register(now clock.Time, origin, definition int) {
	o := &m.origins[origin]
	changed := o.phase == checking && definition >= 0 && definition != o.definition
	o.definition = definition
	if changed {
		o.failed = false
		m.beginAnew(origin)
		o.due = m.firstProbe(now, origin)
	}
}

func (m *model) claimed(origin int, claim Claim) {
	o := &m.origins[origin]
	before := m.published(origin)
	o.claim = claim
	if o.phase == checking && before != Unknown && m.published(origin) == Unknown {
		o.rested = 0
	}
	switch known := claim.Status == Healthy || claim.Status == Unhealthy; {
	case o.phase != checking && claim.Status != Unable:
		o.told = claim.Status
	case o.phase == checking && known && (o.status == Unknown || o.assumed || o.unable):
		o.status, o.assumed = claim.Status, false
		asked := o.asked
		m.beginAnew(origin)
		o.asked = asked
	}
}

func (m *model) next() clock.Time {
	times := make([]clock.Time, len(m.origins))
	for i := range m.origins {
		times[i] = m.origins[i].due
	}
	return slices.Min(times)
}

func (m *model) due(now clock.Time) (probes []node.Probe) {
	for i := range m.origins {
		m.endWait(now, i)
	}
	m.noticeStall(now)
	for i := range m.origins {
		for o := &m.origins[i]; o.phase == checking && o.due <= now; {
			probes = m.tick(now, i, probes)
		}
	}
	return probes
}

func (m *model) endWait(now clock.Time, origin int) {
	o := &m.origins[origin]
	if o.phase == patient && o.due <= now {
		o.phase, o.due = waiting, o.begun.Add(time.Duration(m.rank(origin))*m.cfg.RankWait)
	}
	if o.phase == waiting && o.due <= now {
		m.begin(now, origin)
	}
}

// published is what this life has said, if no other claim stands beside it.
func (m *model) published(origin int) Status {
	claim := m.origins[origin].claim
	if claim == claimBy(m.self, firstLife, claim.Status) {
		return claim.Status
	}
	return Unknown
}

// byAnother: by a live server that is not this one, in the life it lives.
func (m *model) byAnother(claim Claim) bool {
	return claim.Claimant != node.Nobody && claim.Claimant != m.self &&
		m.lives[claim.Claimant] == claim.Generation
}

// write: "the status is news, or the record is not by this life of this server".
func (m *model) probed(now clock.Time, r node.ProbeResult) (status Status, write bool) {
	o := &m.origins[r.Origin]
	if !m.take(now, r) {
		return m.status(int(r.Origin)), false
	}
	status = m.status(int(r.Origin))
	o.rested++
	ours := o.claim.Claimant == m.self && o.claim.Generation == firstLife
	failed := status == Unhealthy && r.Outcome == node.Failed
	switch {
	case status == Unknown || o.claim == claimBy(m.self, firstLife, status):
	case failed && !m.confirms(now, int(r.Origin)) || len(m.doubted) > 0:
	case status == Unable:
		write = ours && (o.claim.Status == Healthy || o.claim.Status == Unhealthy)
	case r.Outcome != node.Unable:
		repeats := status == o.claimed && status == o.claim.Status && !m.byAnother(o.claim)
		write = !(repeats && o.rested < claimRest)
	}
	if write && status != Unable {
		o.claimed = status
	}
	return status, write
}

func (m *model) status(origin int) Status {
	switch o := &m.origins[origin]; {
	case o.phase != checking:
		return o.claim.Status
	case o.unable:
		return Unable
	default:
		return o.status
	}
}

func (m *model) definition(origin int) *Definition {
	return &m.cfg.Definitions[m.origins[origin].definition]
}

func (m *model) emit(kind node.EventKind, origin int, detail uint64) {
	m.events = append(m.events, node.Event{Kind: kind, Subject: uint32(origin), A: detail})
}
