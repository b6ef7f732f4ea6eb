package wire_test

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// golden pins the layout: peers of another release must read these bytes alike.
type golden struct {
	message *wire.Message
	hex     string
}

func goldens() map[string]golden {
	return map[string]golden{
		"swim": {goldenSwim(), "21 01 ac02 02 8201  01  05 0a 000000003e800001 02  00"},
		"nack": {goldenNack(), "21 07 ac02 02 8201  00  00"},
		"sync": {goldenSync(), "21 05 0123456789abcdef  03" +
			"05 09 000000003e800001 02 6869  8201 01 000000003e800000  07 04 0000000000000000  00"},
		"broadcasts": {goldenBroadcasts(), "21 04  01  05 09 000000003e800001 01 6d" +
			"02  02 6553f10000000001 03 616263  8201 0000000000000007 00"},
		"pull": {goldenPull(), "22 03  01 0a0b0c0d0e0f 01  00 0a0b0c0d0e10 8001" +
			"ab02 000000000007 05"},
		"empty pull": {&wire.Message{Kind: wire.Pull}, "22 00"},
		"answer": {goldenAnswer(), "23 02  00 000000000007 09  03 000000000008 c801" +
			"02  f0a204  02 00 04 01 c801  01 01 00 01" +
			"    01      01 00 09          00"},
		"empty answer": {&wire.Message{Kind: wire.Answer}, "23 00 00"},
	}
}

func goldenSwim() *wire.Message {
	return &wire.Message{Kind: wire.Swim, Swim: swim.Message{
		Kind: swim.Ping, Sequence: 300, Origin: 2, Target: 130,
		Updates: []swim.Update{
			{Member: 5, State: swim.Suspect, From: 2, Incarnation: 1000<<20 | 1},
		},
	}}
}

func goldenNack() *wire.Message {
	m := goldenSwim()
	m.Swim.Kind, m.Swim.Updates = swim.Nack, nil
	return m
}

func goldenSync() *wire.Message {
	return &wire.Message{Kind: wire.Swim, Swim: swim.Message{
		Kind: swim.SyncRequest, Digest: 0x0123456789abcdef,
		Updates: []swim.Update{
			{Member: 5, State: swim.Alive, From: 5, Incarnation: 1000<<20 | 1, MetadataBytes: 2},
			{Member: 130, State: swim.Alive, From: 130, Incarnation: 1000 << 20},
			{Member: 7, State: swim.Left, From: 7},
		},
		Bytes: []byte("hi"),
	}}
}

func goldenBroadcasts() *wire.Message {
	return &wire.Message{Kind: wire.Swim, Swim: swim.Message{
		Kind: swim.Gossip,
		Updates: []swim.Update{
			{Member: 5, State: swim.Alive, From: 5, Incarnation: 1000<<20 | 1, MetadataBytes: 1},
		},
		Broadcasts: []swim.Broadcast{
			{Origin: 2, Sequence: 1_700_000_000<<32 | 1, PayloadBytes: 3},
			{Origin: 130, Sequence: 7},
		},
		Bytes: []byte("mabc"),
	}}
}

func goldenPull() *wire.Message {
	return &wire.Message{Kind: wire.Pull, Since: crdt.VersionVector{
		{Actor: crdt.NewActor(1, 0x0a0b0c0d0e0f), Seq: 1},
		{Actor: crdt.NewActor(1, 0x0a0b0c0d0e10), Seq: 128},
		{Actor: crdt.NewActor(300, 7), Seq: 5},
	}}
}

func goldenAnswer() *wire.Message {
	first, second := crdt.NewActor(0, 7), crdt.NewActor(3, 8)
	m := &wire.Message{Kind: wire.Answer}
	m.Answer.Versions = crdt.VersionVector{{Actor: first, Seq: 9}, {Actor: second, Seq: 200}}
	m.Answer.Append(70000,
		[]crdt.Dot{{Actor: first, Seq: 4}, {Actor: second, Seq: 200}},
		[]sibling{{Dot: crdt.Dot{Actor: second, Seq: 200}, Value: health.Healthy}})
	m.Answer.Append(1, []crdt.Dot{{Actor: first, Seq: 9}}, nil)
	return m
}

func TestGoldenVectors(t *testing.T) {
	for name, g := range goldens() {
		t.Run(name, func(t *testing.T) {
			b := unhex(g.hex)
			require.Equal(t, hex.EncodeToString(b), hex.EncodeToString(wire.Append(nil, g.message)))
			var m wire.Message
			require.NoError(t, wire.Parse(b, &m))
			require.Equal(t, g.message, &m)
		})
	}
}

// A field that is new and that the codec does not know of would be lost on the way, in silence: here
// it is missed.
func TestGoldenVectorsSetEveryFieldOfSwim(t *testing.T) {
	set := map[string]bool{}
	for _, g := range goldens() {
		m := &g.message.Swim
		noteFields(set, *m)
		for _, u := range m.Updates {
			noteFields(set, u)
		}
		for _, c := range m.Broadcasts {
			noteFields(set, c)
		}
	}
	require.NotEmpty(t, set)
	for field, isSet := range set {
		require.True(t, isSet, field)
	}
}

// noteFields notes for each field of a struct whether it is set, here or in one seen before.
func noteFields(set map[string]bool, v any) {
	fields := reflect.ValueOf(v)
	for i := range fields.NumField() {
		name := fields.Type().Name() + "." + fields.Type().Field(i).Name
		set[name] = set[name] || !fields.Field(i).IsZero()
	}
}

// unhex decodes hexadecimal digits grouped by spaces.
func unhex(digits string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// requireRefused demands that Parse refuses the bytes for this reason and leaves the message empty.
func requireRefused(t *testing.T, digits, reason string) {
	t.Helper()
	var m wire.Message
	require.EqualError(t, wire.Parse(unhex(digits), &m), "wire: expected "+reason, digits)
	require.Zero(t, m.Kind)
	require.Empty(t, m.Swim.Updates)
	require.Empty(t, m.Swim.Broadcasts)
	require.Empty(t, m.Swim.Bytes)
	require.Empty(t, m.Since)
	require.Empty(t, m.Answer.Versions)
	require.Empty(t, m.Answer.Entries)
}
