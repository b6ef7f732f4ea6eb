package group

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
	"butterfly/node/wire"
)

func TestAMessageWeighsWhatItDoesInOurServers(t *testing.T) {
	m := &swim.Message{Kind: swim.Ping, Sequence: 70_000, Origin: 3, Target: 500}
	m.Updates = []swim.Update{
		{Member: 5, State: swim.Suspect, From: 3, Incarnation: 1 << 20},
	}
	var e envelope
	inServers := wire.Append(nil, &wire.Message{Kind: wire.Swim, Swim: *m})
	require.Equal(t, inServers, e.codec().Append(nil, m))
	require.Equal(t, len(inServers), wire.SizeSwim(m))

	var back swim.Message
	require.NoError(t, e.codec().Parse(inServers, &back))
	require.Equal(t, m.Updates, back.Updates)
	require.Error(t, e.codec().Parse(inServers[1:], &back))
}

func TestWeighingAndEncodingAllocateNothing(t *testing.T) {
	m := &swim.Message{Kind: swim.Ping, Updates: make([]swim.Update, 0, 8)}
	m.Updates = append(m.Updates, swim.Update{Member: 5, State: swim.Alive, From: 5})
	var e envelope
	var back swim.Message
	codec, buffer := e.codec(), make([]byte, 0, 100)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		buffer = codec.Append(buffer[:0], m)
		back.Reset()
		if wire.SizeSwim(m) != len(buffer) || codec.Parse(buffer, &back) != nil {
			panic("not the same message")
		}
	}))
}
