package sim

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// host is one machine of the simulated data centre, without its timers: the 16 bytes that every
// step looks at, so that those of 10,000 hosts stay in the processor's cache.
//
// Invariants: life is odd exactly while up; paused and blocked only while up; stuck only while
// blocked; something waits only while paused or blocked.
type host struct {
	life    uint32 // counts starts and crashes
	paused  bool
	blocked bool
	stuck   uint8 // bit t: slot t is stuck in a send
	pace    pace
	waiting *waiting // nil until something has had to wait
}

func (h *host) up() bool { return h.life&1 == 1 }

// Up reports whether host's process is running, paused and blocked or not.
func (k *Kernel[M]) Up(host node.ID) bool { return k.hosts[host].up() }

// Life numbers host's lives from 1. While the host is down it is the number of the next one.
func (k *Kernel[M]) Life(host node.ID) int { return lifeNumber(k.hosts[host].life) }

// lifeNumber is the number of a life, or of the next one, by the count of starts and crashes.
func lifeNumber(count uint32) int { return int(count+2) / 2 }

// Start begins a life of a host that is down.
func (k *Kernel[M]) Start(host node.ID) {
	h := &k.hosts[host]
	if h.up() {
		panic("sim: Start of a host that is up")
	}
	life := k.Life(host)
	h.life++
	k.Remark(&trace.Record{
		Kind: trace.Start, Host: uint32(host), Peer: trace.Nobody, A: uint64(life),
	})
}

// Crash ends the life of a host that is up: timers, calls, probes and the messages in flight from its
// sockets are gone.
func (k *Kernel[M]) Crash(host node.ID) {
	h := &k.hosts[host]
	if !h.up() {
		panic("sim: Crash of a host that is down")
	}
	for t := range node.TimerID(node.MaxTimers) {
		k.SetTimer(host, t, clock.Never)
	}
	k.forget(h)
	h.paused, h.blocked, h.stuck = false, false, 0
	k.stopWork(host)
	h.life++
	k.note(trace.Crash, host)
}
