package health

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// model is the package documentation spelled out: after every input it works out the rank, the
// cover and the phase of every origin from scratch, looking at every member each time.
type model struct {
	cfg     Config
	self    node.ID
	rand    rng.Rand
	active  bool
	lives   [modelMembers]uint64 // generation by member, 0 for one that is not live
	origins [modelOrigins]modelOrigin
	events  []node.Event
}

type modelOrigin struct {
	known   bool
	claim   Claim
	phase   phase
	due     clock.Time
	token   uint32
	asked   bool
	status  Status
	against []bool // results since the last one that agreed with status
}

const modelMembers, modelOrigins = 6, 5

func newModel(cfg Config, self node.ID, rand rng.Rand) *model {
	m := &model{cfg: cfg, self: self, rand: rand}
	m.lives[self] = firstLife
	for i := range m.origins {
		nobody := Claim{Claimant: node.Nobody}
		m.origins[i] = modelOrigin{known: true, claim: nobody, due: clock.Never}
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

// covered: the claimant is live in the life it claimed in, and ranks above us.
func (m *model) covered(origin int) bool {
	claim := m.origins[origin].claim
	above := m.ranking(origin)[:m.rank(origin)]
	return slices.Contains(above, claim.Claimant) && m.lives[claim.Claimant] == claim.Generation
}

func (m *model) decide(now clock.Time) {
	for i := range m.origins {
		o, rank := &m.origins[i], m.rank(i)
		switch {
		case !m.active || !o.known || m.covered(i):
			if o.phase == checking {
				m.emit(node.CheckEnded, i, 0)
			}
			o.phase, o.due, o.asked = idle, clock.Never, false
		case o.phase == checking:
		case rank == 0:
			m.begin(now, i)
		default:
			o.phase, o.due = waiting, min(o.due, now.Add(time.Duration(rank)*m.cfg.RankWait))
		}
	}
}

func (m *model) begin(now clock.Time, origin int) {
	o := &m.origins[origin]
	o.phase, o.due = checking, m.cfg.firstProbe(now, &m.rand)
	o.status, o.against = o.claim.Status, nil
	m.emit(node.CheckBegan, origin, uint64(m.rank(origin)))
}

func (m *model) claimed(now clock.Time, origin int, claim Claim) {
	o := &m.origins[origin]
	o.claim = claim
	if o.phase == checking && o.status == Unknown {
		o.status = claim.Status
	}
	m.decide(now)
}

func (m *model) next() clock.Time { return m.origins[m.first()].due }

func (m *model) first() int {
	times := make([]clock.Time, len(m.origins))
	for i := range m.origins {
		times[i] = m.origins[i].due
	}
	return int(earliest(times))
}

func (m *model) due(now clock.Time) (probes []node.Probe) {
	for m.next() <= now {
		i := m.first()
		o := &m.origins[i]
		if o.phase == waiting {
			m.begin(now, i)
			continue
		}
		for o.due <= now {
			o.due = o.due.Add(m.cfg.Interval)
		}
		if !o.asked {
			o.asked = true
			o.token++
			probe := node.Probe{Origin: uint32(i), Token: o.token, Timeout: m.cfg.Timeout}
			probes = append(probes, probe)
		}
	}
	return probes
}

func (m *model) probed(r node.ProbeResult) (Status, bool) {
	o := &m.origins[r.Origin]
	if !o.asked || r.Token != o.token {
		return m.status(int(r.Origin)), false
	}
	o.asked = false
	needed := map[Status]int{Unknown: 1, Healthy: m.cfg.Fall, Unhealthy: m.cfg.Rise}[o.status]
	if found := map[node.Outcome]Status{node.Succeeded: Healthy, node.Failed: Unhealthy}[r.Outcome]; found == o.status {
		o.against = nil
	} else if o.against = append(o.against, r.Outcome == node.Succeeded); len(o.against) == needed {
		o.status, o.against = found, nil
		m.emit(node.HealthChanged, int(r.Origin), uint64(found))
	}
	return o.status, o.claim != Claim{m.self, firstLife, o.status}
}

func (m *model) status(origin int) Status {
	if o := m.origins[origin]; o.phase == checking {
		return o.status
	}
	return m.origins[origin].claim.Status
}

func (m *model) emit(kind node.EventKind, origin int, detail uint64) {
	m.events = append(m.events, node.Event{Kind: kind, Subject: uint32(origin), A: detail})
}
