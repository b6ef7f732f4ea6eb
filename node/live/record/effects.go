package record

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/trace"
)

// Outcome is what a machine's method returns, beside its effects. The zero value is right for those
// that return nothing.
type Outcome struct {
	// Reply is that of Serve, nil if the request was refused.
	Reply *wire.Message
	// Number is that of Define.
	Number uint16
	// Err is that of Define and Describe. What counts is whether there is one.
	Err error
}

// chain is the fingerprint of all effects so far. Its memory is used again.
type chain struct {
	fingerprint trace.Fingerprint
	scratch     []byte
}

// fold adds the effects of one input, and returns what tells the chain from another: a part of it,
// for what differs once differs ever after.
func (c *chain) fold(out *node.Out[wire.Message], outcome Outcome) uint32 {
	b := appendAll(c.scratch[:0], out, outcome)
	b = binary.AppendUvarint(b, uint64(len(b)))
	b = append(b, make([]byte, (wordsBytes-len(b)%wordsBytes)%wordsBytes)...)
	c.scratch = emptied(b)
	for ; len(b) > 0; b = b[wordsBytes:] {
		c.fingerprint.FoldWords(binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:]),
			binary.LittleEndian.Uint64(b[16:]), binary.LittleEndian.Uint64(b[24:]))
	}
	_, low := c.fingerprint.Sum()
	return uint32(low)
}

// wordsBytes is how much a fingerprint takes at a time.
const wordsBytes = 4 * 8

// appendAll appends all effects of an input, to the last byte that is sent or saved.
func appendAll(b []byte, out *node.Out[wire.Message], outcome Outcome) []byte {
	b = appendOutcome(b, outcome)
	b = binary.AppendUvarint(b, uint64(len(out.Sends)))
	for i := range out.Sends {
		b = binary.AppendUvarint(b, uint64(out.Sends[i].To))
		b = wire.Append(b, &out.Sends[i].Message)
	}
	b = binary.AppendUvarint(b, uint64(len(out.Calls)))
	for i := range out.Calls {
		c := &out.Calls[i]
		b = binary.AppendUvarint(b, uint64(c.To))
		b = binary.AppendUvarint(b, uint64(c.ID))
		b = binary.AppendUvarint(b, uint64(c.Timeout))
		b = wire.Append(b, &c.Message)
	}
	b = appendProbes(b, out.Probes)
	b = appendEvents(b, out.Events)
	for t, set := out.NextAlarm(0); set; t, set = out.NextAlarm(t + 1) {
		at, _ := out.Alarmed(t)
		b = binary.AppendUvarint(append(b, byte(t)), uint64(at))
	}
	if out.HasSave {
		b = append(append(b, node.MaxTimers), out.Saved...) // no timer has that number
	}
	return b
}

func appendOutcome(b []byte, outcome Outcome) []byte {
	b = binary.AppendUvarint(b, uint64(outcome.Number))
	if outcome.Err != nil {
		b = append(b, 1)
	}
	if outcome.Reply != nil {
		b = wire.Append(append(b, 2), outcome.Reply)
	}
	return append(b, 0)
}

func appendProbes(b []byte, probes []node.Probe) []byte {
	b = binary.AppendUvarint(b, uint64(len(probes)))
	for _, p := range probes {
		b = binary.AppendUvarint(b, p.Token)
		b = binary.AppendUvarint(b, uint64(p.Timeout))
		b = binary.AppendUvarint(b, uint64(p.Origin))
	}
	return b
}

func appendEvents(b []byte, events []node.Event) []byte {
	b = binary.AppendUvarint(b, uint64(len(events)))
	for _, e := range events {
		b = binary.AppendUvarint(b, uint64(e.Kind))
		b = binary.AppendUvarint(b, uint64(e.Subject))
		b = binary.AppendUvarint(b, e.A)
		b = binary.AppendUvarint(b, e.B)
	}
	return b
}
