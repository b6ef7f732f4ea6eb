package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// cluster is some servers with equal views and a naive map: each has a replica, a write reaches the
// others after a while, and the record with the higher (stamp, writer) wins.
type cluster struct {
	now       clock.Time
	rand      rng.Rand
	servers   []*Checks
	replicas  [][]record // by server and origin
	crashed   []bool
	pending   []delivery
	latency   time.Duration // at most, from a write to a replica
	probeTime time.Duration // from a probe to its result
	onProbe   func(origin uint32)
}

type record struct {
	stamp uint64
	claim Claim
}

// delivery does something at a server, unless that has crashed by then.
type delivery struct {
	at clock.Time
	to node.ID
	do func(c *Checks)
}

func newCluster(servers, origins int, latency time.Duration) *cluster {
	c := &cluster{
		rand: rng.New(11), latency: latency, probeTime: 400 * time.Millisecond,
		crashed: make([]bool, servers), onProbe: func(uint32) {},
	}
	for id := range node.ID(servers) {
		s := registered(DefaultConfig(), id, firstLife, origins, hashed, uint64(id))
		for other := range node.ID(servers) {
			s.MemberUp(0, other, firstLife)
		}
		c.servers = append(c.servers, s)
		c.replicas = append(c.replicas, make([]record, origins))
	}
	return c
}

func (c *cluster) activate() {
	for _, s := range c.servers {
		s.Activate(c.now)
	}
}

// run lets time pass until end.
func (c *cluster) run(end clock.Time) {
	for {
		server, serverAt := c.nextServer()
		next, nextAt := c.nextDelivery()
		if min(serverAt, nextAt) > end {
			break
		}
		c.now = min(serverAt, nextAt)
		if serverAt <= nextAt {
			c.wake(server)
		} else {
			c.deliver(next)
		}
	}
	c.now = end
}

func (c *cluster) nextServer() (server node.ID, at clock.Time) {
	at = clock.Never
	for id, s := range c.servers {
		if !c.crashed[id] && s.Next() < at {
			server, at = node.ID(id), s.Next()
		}
	}
	return server, at
}

func (c *cluster) nextDelivery() (next int, at clock.Time) {
	at = clock.Never
	for i, d := range c.pending {
		if d.at < at {
			next, at = i, d.at
		}
	}
	return next, at
}

func (c *cluster) deliver(i int) {
	d := c.pending[i]
	c.pending = append(c.pending[:i], c.pending[i+1:]...)
	if !c.crashed[d.to] {
		d.do(c.servers[d.to])
	}
}

func (c *cluster) later(after time.Duration, to node.ID, do func(*Checks)) {
	c.pending = append(c.pending, delivery{c.now.Add(after), to, do})
}

func (c *cluster) wake(id node.ID) {
	s := c.servers[id]
	for probe, ok := s.Due(c.now); ok; probe, ok = s.Due(c.now) {
		c.onProbe(probe.Origin)
		c.later(c.probeTime, id, func(s *Checks) {
			result := node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded}
			if status, write := s.Probed(c.now, result); write {
				c.write(id, probe.Origin, status)
			}
		})
	}
}

func (c *cluster) write(by node.ID, origin uint32, status Status) {
	stamp := c.replicas[by][origin].stamp + 1
	r := record{stamp, claimBy(by, firstLife, status)}
	c.join(by, origin, r)
	for to := range node.ID(len(c.servers)) {
		if to != by {
			after := time.Duration(c.rand.Below(uint64(c.latency) + 1))
			c.later(after, to, func(*Checks) { c.join(to, origin, r) })
		}
	}
}

func (c *cluster) join(at node.ID, origin uint32, r record) {
	old := &c.replicas[at][origin]
	if r.stamp > old.stamp || (r.stamp == old.stamp && r.claim.Claimant > old.claim.Claimant) {
		*old = r
		c.servers[at].Claimed(c.now, origin, r.claim)
	}
}

// crash stops a server; each of the others is told after at most detection.
func (c *cluster) crash(id node.ID, detection time.Duration) {
	c.crashed[id] = true
	for to := range node.ID(len(c.servers)) {
		after := time.Duration(c.rand.Below(uint64(detection) + 1))
		c.later(after, to, func(s *Checks) { s.MemberDown(c.now, id) })
	}
}

// checkers returns the live servers that check origin.
func (c *cluster) checkers(origin uint32) (ids []node.ID) {
	for id, s := range c.servers {
		if !c.crashed[id] && s.Checking(origin) {
			ids = append(ids, node.ID(id))
		}
	}
	return ids
}
