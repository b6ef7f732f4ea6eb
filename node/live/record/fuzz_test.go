package record

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// FuzzNext: whatever the records of a file are, reading them does not panic, and an input that is
// read is written the same.
func FuzzNext(f *testing.F) {
	r, err := Open(recorded(f, DefaultLimits()))
	require.NoError(f, err)
	defer r.Close()
	seen := map[byte]bool{}
	for body, err := r.next(); err != io.EOF; body, err = r.next() {
		if !seen[body[0]] {
			seen[body[0]] = true
			f.Add(append(binary.AppendUvarint(nil, uint64(len(body))), body...))
		}
	}
	f.Add([]byte{1, tagGoOn})
	f.Add([]byte{1, tagLimit})
	f.Add([]byte("\xff\xff\xff\x1f\x01"))
	f.Fuzz(func(t *testing.T, records []byte) {
		r := &Reader{path: "/nowhere/fuzzed", in: bufio.NewReader(bytes.NewReader(records))}
		last := clock.Time(0)
		for body, err := r.next(); err == nil; body, err = r.next() {
			_, _ = parseOrigin(body[1:])
			in, err := parseInput(body, last, new(wire.Message))
			if err != nil {
				continue
			}
			again, err := parseInput(appendInput(nil, &in, last), last, new(wire.Message))
			require.NoError(t, err)
			require.Equal(t, in, again)
			last = in.at
		}
	})
}
