package wire_test

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
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
		"swim": {goldenSwim(), "41 01 ac02 02 8201  01  05 0a 000000003e800001 02  00"},
		"nack": {goldenNack(), "41 07 ac02 02 8201  00  00"},
		"sync": {goldenSync(), "41 05 0123456789abcdef  03" +
			"05 09 000000003e800001 02 6869  8201 01 000000003e800000  07 04 0000000000000000  00"},
		"broadcasts": {goldenBroadcasts(), "41 04  01  05 09 000000003e800001 01 6d" +
			"02  02 6553f10000000001 03 616263  8201 0000000000000007 00"},
		"pull": {goldenPull(), "42 01  03  01 0a0b0c0d0e0f 00  00 0a0b0c0d0e10 8001" +
			"ab02 000000000007 05  02  01 0a0b0c0d0e10 8201  00 0a0b0c0d0e10 8401"},
		"empty pull": {gossipOfKind(gossip.Pull), "42 01 00 00"},
		"offer":      {gossipOfKind(gossip.Offer), "42 02 00 00"},
		"exchange":   {gossipOfKind(gossip.Exchange), "42 03 00 00"},
		"answer": {goldenAnswer(), "42 14  05 000000000006" +
			"02  00 000000000007 09  03 000000000008 c801" +
			"02  f0a204  02 01 04 02 c801  01 01 00 01" +
			"    01      02 01 09 00 04 000000000009 02  00"},
		"registrations": {goldenRegistrations(), "42 14  05 000000000006" +
			"02  00 000000000007 09  03 000000000008 c801" +
			"02  0b  01 01 04  01 00 00 00  0d  01 02 c801  01 00 00 ac02"},
		"lacking answer": {goldenLack(), "42 34  01 01 000000000002 03  00" +
			"05 000000000006  02  00 000000000007 09  03 000000000008 c801  00"},
		"whole answer": {goldenWhole(), "42 54  05 000000000006" +
			"02  00 000000000007 09  03 000000000008 c801  01 00 000000000007 04  00"},
		"empty answer": {gossipOfKind(gossip.Answer), "42 04"},
		"push": {goldenPush(), "42 05  01 01 000000000002 03  00" +
			"05 000000000006  02  00 000000000007 09  03 000000000008 c801  00"},
		"empty push": {gossipOfKind(gossip.Push), "42 05 00 00 00 000000000000 00 00"},
	}
}

func gossipOfKind(kind gossip.Kind) *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = kind
	return m
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
	m, second := gossipOfKind(gossip.Pull), crdt.NewActor(1, 0x0a0b0c0d0e10)
	m.Gossip.Seen = crdt.CausalContext{
		Vector: crdt.VersionVector{
			{Actor: crdt.NewActor(1, 0x0a0b0c0d0e0f), Seq: crdt.Retired},
			{Actor: second, Seq: 128},
			{Actor: crdt.NewActor(300, 7), Seq: 5},
		},
		Cloud: []crdt.Dot{{Actor: second, Seq: 130}, {Actor: second, Seq: 132}},
	}
	return m
}

// goldenNews is an answer with versions and without entries.
func goldenNews() *wire.Message {
	m := gossipOfKind(gossip.Answer)
	m.Gossip.Delta.From = crdt.NewActor(5, 6)
	m.Gossip.Delta.Versions = crdt.VersionVector{
		{Actor: crdt.NewActor(0, 7), Seq: 9}, {Actor: crdt.NewActor(3, 8), Seq: 200},
	}
	return m
}

func goldenAnswer() *wire.Message {
	m := goldenNews()
	d := &m.Gossip.Delta
	first, second := d.Versions[0].Actor, d.Versions[1].Actor
	d.Append(70000,
		[]crdt.Dot{{Actor: first, Seq: 4}, {Actor: second, Seq: 200}},
		[]sibling{{Dot: crdt.Dot{Actor: second, Seq: 200}, Value: 1}})
	d.Append(1, []crdt.Dot{{Actor: first, Seq: 9}, {Actor: crdt.NewActor(4, 9), Seq: 2}}, nil)
	return m
}

// goldenRegistrations is an answer with the removal of origin 5 and a registration of origin 6.
func goldenRegistrations() *wire.Message {
	m := goldenNews()
	d := &m.Gossip.Delta
	removal := crdt.Dot{Actor: d.Versions[0].Actor, Seq: 4}
	d.Append(origin.Registration(5), []crdt.Dot{removal},
		[]sibling{{Dot: removal, Value: origin.Removed}})
	addition := d.Versions[1]
	d.Append(origin.Registration(6), []crdt.Dot{addition},
		[]sibling{{Dot: addition, Value: origin.By(299)}})
	return m
}

func goldenLack() *wire.Message {
	m := goldenNews()
	m.Gossip.Lacks = true
	m.Gossip.Seen.Vector = crdt.VersionVector{{Actor: crdt.NewActor(1, 2), Seq: 3}}
	return m
}

func goldenWhole() *wire.Message {
	m := goldenNews()
	m.Gossip.Delta.Whole = true
	m.Gossip.Delta.Horizon = crdt.VersionVector{{Actor: crdt.NewActor(0, 7), Seq: 4}}
	return m
}

func goldenPush() *wire.Message {
	m := goldenNews()
	m.Gossip.Kind = gossip.Push
	m.Gossip.Delta.Since.Vector = crdt.VersionVector{{Actor: crdt.NewActor(1, 2), Seq: 3}}
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

// A field that is new and that the codec does not know of would be lost on the way, in silence:
// here it is missed.
func TestGoldenVectorsSetEveryField(t *testing.T) {
	set := map[string]bool{}
	for _, g := range goldens() {
		m := &g.message.Swim
		noteFields(set, *m)
		noteFields(set, g.message.Gossip)
		noteFields(set, g.message.Gossip.Seen)
		noteFields(set, g.message.Gossip.Delta)
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
	require.Empty(t, m.Gossip.Seen.Vector)
	require.Empty(t, m.Gossip.Seen.Cloud)
	require.Empty(t, m.Gossip.Delta.Versions)
	require.Empty(t, m.Gossip.Delta.Entries)
}
