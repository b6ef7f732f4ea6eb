package wire_test

import (
	"bytes"
	"slices"

	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

type sibling = crdt.Sibling[origin.Value]

// drawMessage draws any message that has an encoding.
func drawMessage(t *rapid.T) *wire.Message {
	if rapid.Bool().Draw(t, "swim") {
		return &wire.Message{Kind: wire.Swim, Swim: drawSwim(t)}
	}
	m := gossipOfKind(gossip.Kind(rapid.Uint8Range(1, 5).Draw(t, "kind of gossip")))
	drawGossip(t, &m.Gossip)
	return m
}

func drawSwim(t *rapid.T) swim.Message {
	m := swim.Message{Kind: swim.Kind(rapid.Uint8Range(1, 7).Draw(t, "swim kind"))}
	switch m.Kind {
	case swim.Ping, swim.Ack, swim.PingReq, swim.Nack:
		m.Sequence = rapid.Uint32().Draw(t, "sequence")
		m.Origin, m.Target = anyID.Draw(t, "origin"), anyID.Draw(t, "target")
	case swim.SyncRequest, swim.SyncReply:
		m.Digest = rapid.Uint64().Draw(t, "digest")
	}
	drawUpdates(t, &m)
	drawBroadcasts(t, &m)
	return m
}

var (
	anyID = rapid.Custom(func(t *rapid.T) node.ID {
		return node.ID(rapid.Uint32Range(0, node.MaxIDs-1).Draw(t, "id"))
	})
	// anyCrowd is how many equal elements a list begins with: some make its length take two bytes.
	anyCrowd = rapid.SampledFrom([]int{0, 0, 126, 200})
	anyBytes = rapid.OneOf(rapid.Just[uint16](0), rapid.Uint16Range(0, 512))
)

func drawUpdates(t *rapid.T, m *swim.Message) {
	for range anyCrowd.Draw(t, "crowd of updates") {
		m.Updates = append(m.Updates, swim.Update{Member: 7, State: swim.Alive, From: 7})
	}
	for range rapid.IntRange(0, 6).Draw(t, "updates") {
		u := drawUpdate(t)
		m.Updates = append(m.Updates, u)
		m.Bytes = append(m.Bytes, drawBytes(t, u.MetadataBytes)...)
	}
}

func drawUpdate(t *rapid.T) swim.Update {
	u := swim.Update{
		Member:      anyID.Draw(t, "member"),
		State:       swim.State(rapid.Uint8Range(0, 4).Draw(t, "state")),
		Incarnation: swim.Incarnation(rapid.Uint64().Draw(t, "incarnation")),
	}
	u.From = u.Member
	if u.State == swim.Alive {
		u.MetadataBytes = anyBytes.Draw(t, "metadata bytes")
	} else if rapid.Bool().Draw(t, "accused") {
		u.From = anyID.Draw(t, "from")
	}
	return u
}

func drawBroadcasts(t *rapid.T, m *swim.Message) {
	for range anyCrowd.Draw(t, "crowd of broadcasts") {
		m.Broadcasts = append(m.Broadcasts, swim.Broadcast{Origin: 7})
	}
	for range rapid.IntRange(0, 4).Draw(t, "broadcasts") {
		c := drawBroadcast(t)
		m.Broadcasts = append(m.Broadcasts, c)
		m.Bytes = append(m.Bytes, drawBytes(t, c.PayloadBytes)...)
	}
}

func drawBroadcast(t *rapid.T) swim.Broadcast {
	return swim.Broadcast{
		Origin:       anyID.Draw(t, "origin of broadcast"),
		Sequence:     rapid.Uint64().Draw(t, "sequence of broadcast"),
		PayloadBytes: anyBytes.Draw(t, "payload bytes"),
	}
}

// drawBytes makes the content out of one drawn byte, for drawing all of them takes long.
func drawBytes(t *rapid.T, count uint16) []byte {
	return bytes.Repeat([]byte{rapid.Byte().Draw(t, "content")}, int(count))
}

// drawGossip draws what there is beside the kind.
func drawGossip(t *rapid.T, m *gossip.Message[uint32, origin.Value]) {
	switch m.Kind {
	case gossip.Pull, gossip.Offer, gossip.Exchange:
		m.Seen = drawSeen(t)
	case gossip.Push:
		m.Delta.Since = drawSeen(t)
		drawDelta(t, &m.Delta)
	case gossip.Answer:
		if m.Lacks = rapid.Bool().Draw(t, "lacks"); m.Lacks {
			m.Seen = drawSeen(t)
		}
		if drawDelta(t, &m.Delta); len(m.Delta.Versions)+len(m.Delta.Entries) == 0 {
			m.Delta = wire.Delta{}
		}
	}
}

func drawSeen(t *rapid.T) (c crdt.CausalContext) {
	c.Vector = drawVector(t)
	for range rapid.IntRange(0, 4).Draw(t, "cloud") {
		c.Cloud = append(c.Cloud, crdt.Dot{Actor: anyActor.Draw(t, "ahead"), Seq: anySeq.Draw(t, "seq")})
	}
	slices.SortFunc(c.Cloud, crdt.Dot.Compare)
	c.Cloud = slices.Compact(c.Cloud)
	return c
}

var (
	anyActor = rapid.Custom(func(t *rapid.T) crdt.Actor {
		return crdt.NewActor(anyID.Draw(t, "node"), rapid.Uint64Range(0, 1<<44-1).Draw(t, "boot"))
	})
	anySeq = rapid.Uint64Range(1, crdt.Retired-1)
)

// drawVector sometimes adds a crowd, so that some indices take two bytes.
func drawVector(t *rapid.T) (v crdt.VersionVector) {
	for id := range node.ID(rapid.SampledFrom([]uint32{0, 0, 126, 200}).Draw(t, "crowd")) {
		v.Advance(crdt.Dot{Actor: crdt.NewActor(id, 7), Seq: 3})
	}
	for range rapid.IntRange(0, 6).Draw(t, "actors") {
		seq := rapid.OneOf(anySeq, rapid.Just[uint64](crdt.Retired)).Draw(t, "seq")
		v.Advance(crdt.Dot{Actor: anyActor.Draw(t, "actor"), Seq: seq})
	}
	return v
}

func drawDelta(t *rapid.T, d *wire.Delta) {
	d.From = anyActor.Draw(t, "from")
	d.Versions = drawVector(t)
	if d.Whole = rapid.Bool().Draw(t, "whole"); d.Whole {
		d.Horizon = drawVector(t)
	}
	for range rapid.IntRange(0, 4).Draw(t, "entries") {
		key := rapid.Uint32().Draw(t, "key")
		context := drawContext(t, d.Versions)
		d.Append(key, context, drawSiblings(t, key, context))
	}
}

// drawContext draws dots of actors that versions have, and of others.
func drawContext(t *rapid.T, versions crdt.VersionVector) (context crdt.VersionVector) {
	for range rapid.IntRange(1, 20).Draw(t, "dots") {
		actor := anyActor.Draw(t, "stranger")
		if len(versions) > 0 && rapid.Bool().Draw(t, "known") {
			actor = rapid.SampledFrom(versions).Draw(t, "version").Actor
		}
		context.Advance(crdt.Dot{Actor: actor, Seq: anySeq.Draw(t, "seq")})
	}
	return context
}

func drawSiblings(t *rapid.T, key uint32, context crdt.VersionVector) (siblings []sibling) {
	for range rapid.IntRange(0, 6).Draw(t, "siblings") {
		value := origin.Value(rapid.Uint16Range(0, uint16(origin.Highest(key))).Draw(t, "value"))
		siblings = append(siblings, sibling{Dot: drawDot(t, context), Value: value})
	}
	slices.SortFunc(siblings, func(a, b sibling) int { return a.Dot.Compare(b.Dot) })
	return slices.CompactFunc(siblings, func(a, b sibling) bool { return a.Dot == b.Dot })
}

// drawDot draws a dot of v, which is not empty.
func drawDot(t *rapid.T, v crdt.VersionVector) crdt.Dot {
	last := rapid.SampledFrom(v).Draw(t, "last")
	return crdt.Dot{Actor: last.Actor, Seq: rapid.Uint64Range(1, last.Seq).Draw(t, "dot seq")}
}
