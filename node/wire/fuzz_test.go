package wire_test

import (
	"testing"

	"butterfly/node/swim"
	"butterfly/node/wire"
)

// FuzzParse: whatever the bytes, Parse does not panic, and accepts the canonical encoding only.
func FuzzParse(f *testing.F) {
	for _, g := range goldens() {
		f.Add(unhex(g.hex))
	}
	for _, digits := range hostileCounts {
		f.Add(unhex(digits))
	}
	f.Add(unhex(twoVersions + "01 01 08  02 00 01 01  00 00 01")) // two siblings of one actor
	f.Add(wire.Append(nil, tableOf(2, swim.MaxMetadata)))
	f.Add(unhex("41 04 01  05 0a 0000000000000000 05 00"))    // a member that accuses itself
	f.Add(unhex("41 04 01  05 09 0000000000000000 00 00"))    // no metadata, but its length
	f.Add(unhex("42 01 01 00 000000000000 8100 00"))          // not the shortest form
	f.Add(unhex(twoVersions + "01 00 00 000000000000 01 00")) // a stranger that is none
	f.Fuzz(func(t *testing.T, b []byte) { requireCanonical(t, b) })
}
