package memberlist

import (
	"math/rand/v2"
	"slices"
	"time"

	hashicorp "github.com/hashicorp/memberlist"
)

// Slow is the experiment of Lifeguard (arXiv:1707.00788, section V): some members, all at once,
// neither send nor receive for a while, run freely for a moment, and are blocked again.
type Slow struct {
	Setup
	WarmUp time.Duration // at least, from the last join to the first block
	Slow   int           // how many members are blocked
	Block  time.Duration // how long they are blocked
	Free   time.Duration // how long they run in between
	Repeat time.Duration // no block begins later than this after the first
	Quiet  time.Duration // from the end of the last block to the end
}

// SlowResult is what the members believed in the meantime.
type SlowResult struct {
	False             int   // declarations of death about members never blocked, at any member
	FalseAtHealthy    int   // of these, the ones at members never blocked
	DeathsOfSlow      int   // declarations of death about blocked members, at any member
	SuspicionsBySlow  int64 // probes of blocked members that ended in a suspicion
	SuspicionsByOther int64 // probes of the others that did
	Refutes           int64 // accusations answered by the accused
	Packets           int64 // sent by all members from the first block to the end
}

// Run plays the experiment once, in a synctest bubble.
func (e Slow) Run() (SlowResult, error) {
	e.CountLogs = true
	c, err := Start(e.Setup)
	if err != nil {
		return SlowResult{}, err
	}
	defer c.Stop()
	c.Settle(e.WarmUp)
	slow := rand.Perm(e.Servers)[:e.Slow]
	at, before := time.Now(), c.Packets()
	for time.Since(at) < e.Repeat {
		c.Block(slow, true)
		time.Sleep(e.Block)
		c.Block(slow, false)
		time.Sleep(e.Free)
	}
	time.Sleep(e.Quiet)
	result := SlowResult{Packets: c.Packets() - before}
	result.addDeaths(c.history.leavesSince(at), slow)
	result.addLogs(c.members, slow)
	return result, nil
}

func (r *SlowResult) addDeaths(leaves []event, slow []int) {
	for _, leave := range leaves {
		switch {
		case slices.Contains(slow, leave.subject):
			r.DeathsOfSlow++
		case slices.Contains(slow, leave.observer):
			r.False++
		default:
			r.False++
			r.FalseAtHealthy++
		}
	}
}

func (r *SlowResult) addLogs(members []*member, slow []int) {
	for id, m := range members {
		r.Refutes += m.logs.refutes.Load()
		if slices.Contains(slow, id) {
			r.SuspicionsBySlow += m.logs.suspicions.Load()
		} else {
			r.SuspicionsByOther += m.logs.suspicions.Load()
		}
	}
}

// Shipped is memberlist's LAN preset as it is: suspicion multiplier 4, awareness 8.
func Shipped(*hashicorp.Config) {}

// PlainSWIM turns off what Lifeguard added, as far as it can be turned off: the suspicion time-out
// is fixed at 5 log10 n periods, and local health has no say. The buddy system stays.
func PlainSWIM(config *hashicorp.Config) {
	config.SuspicionMult = 5
	config.SuspicionMaxTimeoutMult = 1
	config.AwarenessMaxMultiplier = 1
}
