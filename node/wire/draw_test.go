package wire_test

import (
	"slices"

	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

type sibling = crdt.Sibling[health.Status]

// drawMessage draws any message that has an encoding.
func drawMessage(t *rapid.T) *wire.Message {
	m := &wire.Message{Kind: rapid.SampledFrom(
		[]wire.Kind{wire.Swim, wire.Pull, wire.Answer}).Draw(t, "kind")}
	switch m.Kind {
	case wire.Swim:
		m.Swim = drawSwim(t)
	case wire.Pull:
		m.Since = drawVector(t)
	case wire.Answer:
		drawAnswer(t, &m.Answer)
	}
	return m
}

func drawSwim(t *rapid.T) swim.Message {
	m := swim.Message{
		Kind:     swim.Kind(rapid.Uint8Range(1, 6).Draw(t, "swim kind")),
		Sequence: rapid.Uint32().Draw(t, "sequence"),
		Origin:   node.ID(rapid.Uint32().Draw(t, "origin")),
		Target:   node.ID(rapid.Uint32().Draw(t, "target")),
	}
	for range rapid.IntRange(0, 9).Draw(t, "updates") {
		m.Updates = append(m.Updates, swim.Update{
			Member:      node.ID(rapid.Uint32().Draw(t, "member")),
			State:       swim.State(rapid.Uint8Range(0, 4).Draw(t, "state")),
			From:        node.ID(rapid.Uint32().Draw(t, "from")),
			Incarnation: swim.Incarnation(rapid.Uint64().Draw(t, "incarnation")),
		})
	}
	return m
}

// drawVector sometimes adds a crowd, so that some indices take two bytes.
func drawVector(t *rapid.T) (v crdt.VersionVector) {
	for id := range node.ID(rapid.SampledFrom([]uint32{0, 0, 126, 200}).Draw(t, "crowd")) {
		v.Advance(crdt.Dot{Actor: crdt.NewActor(id, 7), Seq: 3})
	}
	for range rapid.IntRange(0, 6).Draw(t, "actors") {
		id := node.ID(rapid.Uint32Range(0, node.MaxIDs-1).Draw(t, "node"))
		boot := rapid.Uint64Range(0, 1<<44-1).Draw(t, "boot")
		seq := rapid.Uint64Min(1).Draw(t, "seq")
		v.Advance(crdt.Dot{Actor: crdt.NewActor(id, boot), Seq: seq})
	}
	return v
}

func drawAnswer(t *rapid.T, d *wire.Delta) {
	d.Versions = drawVector(t)
	if len(d.Versions) == 0 {
		return
	}
	for range rapid.IntRange(0, 4).Draw(t, "entries") {
		key := rapid.Uint32().Draw(t, "key")
		context := drawContext(t, d.Versions)
		d.Append(key, context, drawSiblings(t, context))
	}
}

func drawContext(t *rapid.T, versions crdt.VersionVector) (context crdt.VersionVector) {
	for range rapid.IntRange(1, 20).Draw(t, "dots") {
		context.Advance(drawDot(t, versions))
	}
	return context
}

func drawSiblings(t *rapid.T, context crdt.VersionVector) (siblings []sibling) {
	for range rapid.IntRange(0, 6).Draw(t, "siblings") {
		status := health.Status(rapid.Uint8Range(0, 2).Draw(t, "status"))
		siblings = append(siblings, sibling{Dot: drawDot(t, context), Value: status})
	}
	slices.SortFunc(siblings, func(a, b sibling) int { return a.Dot.Compare(b.Dot) })
	return slices.CompactFunc(siblings, func(a, b sibling) bool { return a.Dot == b.Dot })
}

// drawDot draws a dot of v, which is not empty.
func drawDot(t *rapid.T, v crdt.VersionVector) crdt.Dot {
	last := rapid.SampledFrom(v).Draw(t, "last")
	return crdt.Dot{Actor: last.Actor, Seq: rapid.Uint64Range(1, last.Seq).Draw(t, "dot seq")}
}
