package raft

import (
	"encoding/binary"
	"math"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

// what says what a change is about.
type what byte

const (
	// joined: server number takes part. parted: it does not any more.
	joined what = iota
	parted
	// found: origin number has a status, a [health.Status].
	found
	// registered: origin number is to be checked as value says, an [origin.Value].
	registered

	whats // how many there are
)

// change is one change of what is agreed on. A command of the log is one or more of them.
type change struct {
	what   what
	number uint32
	value  uint16
}

func appendChange(b []byte, c change) []byte {
	b = append(b, byte(c.what))
	b = binary.AppendUvarint(b, uint64(c.number))
	return binary.AppendUvarint(b, uint64(c.value))
}

// eachChange calls yield for every change in b, until one makes no sense.
func eachChange(b []byte, yield func(change)) {
	for r := station.NewReader(b); r.More(); {
		c := change{
			what:   what(r.Byte(byte(whats) - 1)),
			number: uint32(r.Uvarint(math.MaxUint32)),
		}
		c.value = uint16(r.Uvarint(mostValue(c.what)))
		if r.End() != nil && !r.More() {
			return
		}
		yield(c)
	}
}

// mostValue is the highest value that such a change can have.
func mostValue(w what) uint64 {
	switch w {
	case found:
		return uint64(health.Unable)
	case registered:
		return origin.MaxDefinitions
	}
	return 0
}
