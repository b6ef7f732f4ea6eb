package record

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/wire"
)

// "A nil Writer takes all that a Writer takes and does nothing, for the price of a call."
func TestANilWriterRecordsNothing(t *testing.T) {
	var w *Writer
	var out node.Out[wire.Message]
	message, metadata := &wire.Message{}, []byte("metadata")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		w.Start(1, metadata)
		w.Receive(2, 1, message)
		w.Wake(3, 1)
		w.Serve(4, 1, message)
		w.Returned(5, 1, 1, nil, node.Refused)
		w.Probed(6, node.ProbeResult{})
		w.Leave(7)
		w.Register(8, 1, 1)
		w.Unregister(9, 1)
		w.Define(health.Definition{})
		w.Describe(10, metadata)
		w.Effects(&out, Outcome{Reply: message})
	}))
	require.False(t, w.Full())
	require.NoError(t, w.Err())
	require.NoError(t, w.Close())
}
