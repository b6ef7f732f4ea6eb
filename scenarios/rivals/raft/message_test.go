package raft_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios/rivals/raft"
)

func drawMessage(t *rapid.T) raft.Message {
	m := raft.Message{Kind: raft.Kind(rapid.IntRange(1, 6).Draw(t, "kind"))}
	switch m.Kind {
	case raft.Letter:
		m.Body = rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "letter")
	case raft.Poll, raft.Granted, raft.GrantedWhole:
		m.Index = rapid.Uint64().Draw(t, "index")
		m.Body = rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "body")
	case raft.Denied:
		m.Leader = node.ID(rapid.Uint32().Draw(t, "leader"))
	}
	return m
}

func TestMessagesSurviveTheWire(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMessage(t)
		b := raft.Append([]byte("before"), &m)
		require.Len(t, b, len("before")+raft.Size(&m))
		var got raft.Message
		require.NoError(t, raft.Parse(b[len("before"):], &got))
		require.Equal(t, m, got)
	})
}

// Bytes that parse are those that Append writes.
func TestOtherBytesAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "bytes")
		if len(b) > 0 && rapid.Bool().Draw(t, "of a kind") {
			b[0] = byte(rapid.IntRange(0, 8).Draw(t, "kind"))
		}
		var m raft.Message
		if raft.Parse(b, &m) == nil {
			require.Equal(t, b, raft.Append(nil, &m))
			require.Len(t, b, raft.Size(&m))
		}
	})
}

func TestResetKeepsNothingButMemory(t *testing.T) {
	m := raft.Message{Kind: raft.Poll, Index: 1, Leader: 2, Body: []byte("body")}
	m.Reset()
	require.Equal(t, raft.Message{Body: []byte{}}, m)
}
