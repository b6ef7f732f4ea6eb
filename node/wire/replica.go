package wire

import "math"

// AppendReplica is [Append] for a [ReplicaMessage].
func AppendReplica(b []byte, m *ReplicaMessage) []byte {
	return appendGossip(append(b, Version<<4|byte(Gossip)), m, anyNumber)
}

func anyNumber(uint32) uint64 { return math.MaxUint64 }

// ParseReplica is [Parse] for a [ReplicaMessage].
func ParseReplica(b []byte, m *ReplicaMessage) error {
	r := reader{b: b}
	r.kind(Gossip)
	readGossip(&r, m, anyNumber)
	r.end()
	if r.err != nil {
		m.Reset()
		return r.err
	}
	return nil
}

// SizeReplica is [Size] for a [ReplicaMessage].
func SizeReplica(m *ReplicaMessage) int { return headerBytes + sizeGossip(m) }
