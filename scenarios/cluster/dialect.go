package cluster

import (
	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// nextVersion is the wire format of servers that speak another version than the rest: the layout of
// [wire.Append] under the number that follows [wire.Version]. What else will differ between the two
// nobody knows; the number is what either goes by.
func nextVersion(s *scenarios.Scenario) *world.Dialect[wire.Message] {
	other, servers := s.Other, s.Servers
	var today []byte // what is parsed, under the number that wire knows
	return &world.Dialect[wire.Message]{
		Native: func(host node.ID) bool { return other.Has(host, servers) },
		Codec: &world.Codec[wire.Message]{
			Append: func(b []byte, m *wire.Message) []byte {
				header := len(b)
				b = wire.Append(b, m)
				b[header] += oneVersion
				return b
			},
			Parse: func(b []byte, m *wire.Message) error {
				if today = append(today[:0], b...); len(b) > 0 {
					today[0] -= oneVersion
				}
				return wire.Parse(today, m)
			},
		},
	}
}

// oneVersion is by how much the first byte of a message grows with the version, its upper half.
const oneVersion = 1 << 4
