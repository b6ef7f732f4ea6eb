package world

import (
	"fmt"
	"time"

	"butterfly/scenarios"
)

// hostBite counts what faults of disks, clocks and configurations did.
type hostBite struct {
	older    int           // crashed hosts that returned from a snapshot older than their last save
	torn     int           // crashed hosts whose last save was cut short
	moved    int           // crashed hosts that returned at another address
	missent  int           // messages that went to where one had been
	unsaved  int           // saves that a full disk lost
	drifted  int           // clocks of running hosts that ran wrong
	astray   time.Duration // how far a clock was off at most when its fault ended
	misdated int           // lives that began with a wrong wall clock
}

func (b *hostBite) add(c *hostBite) {
	b.older += c.older
	b.torn += c.torn
	b.moved += c.moved
	b.missent += c.missent
	b.unsaved += c.unsaved
	b.drifted += c.drifted
	b.astray = max(b.astray, c.astray)
	b.misdated += c.misdated
}

// describeHosts says how faults of hosts bit; empty if there is no more to say than of any other.
func (b *bite) describeHosts(kind scenarios.FaultKind) string {
	switch kind {
	case scenarios.DiskFull:
		return several(b.unsaved, "save") + " lost"
	case scenarios.Slow:
		return fmt.Sprintf("%s slow, %s had to wait", several(b.struck, "server"), several(b.late, "input"))
	case scenarios.Clock:
		return fmt.Sprintf("%s ran wrong, by up to %v; %s by a wrong wall clock",
			several(b.drifted, "clock"), b.astray, several(b.misdated, "start"))
	case scenarios.Upgrade:
		return fmt.Sprintf("%s stopped, %d came back upgraded", several(b.struck, "server"), b.returned) +
			b.foreign()
	}
	return ""
}

// foreign says what became of messages between two versions, as the rest of a sentence.
func (b *bite) foreign() string {
	if b.refused == 0 {
		return ""
	}
	return fmt.Sprintf(", %s refused", several(b.refused, "foreign message"))
}

// returns says how crashed hosts returned: with what disks and where, as the rest of a sentence.
func (b *hostBite) returns() (text string) {
	if b.older > 0 {
		text += fmt.Sprintf(", %d from an old snapshot", b.older)
	}
	if b.torn > 0 {
		text += fmt.Sprintf(", %d with a torn save", b.torn)
	}
	if b.moved > 0 {
		text += fmt.Sprintf(", %d elsewhere; %s went to where they had been",
			b.moved, several(b.missent, "message"))
	}
	return text
}
