package names

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

var (
	anyService = rapid.SampledFrom([]string{"web", "api", "api-2", "a", "DB_1.internal"})
	anyTarget  = rapid.SampledFrom([]string{
		"10.0.0.1:80", "10.0.0.1:8080", "10.0.0.2:80", "[2001:db8::1]:443", "a:1", "origin.example:80",
	})
	anyOrigin = rapid.Custom(func(t *rapid.T) Origin {
		return Origin{anyService.Draw(t, "service"), anyTarget.Draw(t, "target")}
	})
	anyDefinition = rapid.Custom(drawDefinition)
)

// drawDefinition draws one of few definitions, or one of many.
func drawDefinition(t *rapid.T) health.Definition {
	d := health.DefaultDefinition()
	d.Weight = rapid.SampledFrom([]uint16{0, 1, 127, 128, 1<<16 - 1}).Draw(t, "weight")
	if rapid.Bool().Draw(t, "default") {
		return d
	}
	d.Kind = rapid.SampledFrom([]health.Kind{health.TCP, health.HTTP, health.HTTPS}).Draw(t, "kind")
	if d.Kind != health.TCP {
		d.Path = rapid.SampledFrom([]string{"", "/", "/health?x=1"}).Draw(t, "path")
		d.Body = rapid.SampledFrom([]string{"", "ok", "\x00ü"}).Draw(t, "body")
		d.StatusFrom, d.StatusTo = 200, rapid.Uint16Range(200, 599).Draw(t, "status")
	}
	d.Interval = time.Duration(rapid.Int64Range(1, int64(24*time.Hour)).Draw(t, "interval"))
	d.Timeout = time.Duration(rapid.Int64Range(1, int64(d.Interval)).Draw(t, "timeout"))
	d.Jitter = time.Duration(rapid.Int64Range(0, int64(d.Interval)).Draw(t, "jitter"))
	d.Semantics = health.Semantics(rapid.Uint8Range(0, 2).Draw(t, "semantics"))
	d.Rise, d.Fall = rapid.IntRange(1, 255).Draw(t, "rise"), rapid.IntRange(1, 255).Draw(t, "fall")
	d.Window = rapid.IntRange(1, 64).Draw(t, "window")
	d.Threshold = rapid.IntRange(1, d.Window).Draw(t, "threshold")
	d.Initial = health.Status(rapid.Uint8Range(0, 2).Draw(t, "initial"))
	return d
}

// known are origins and definitions that a directory may come to know, in some order.
type known struct {
	origins     []Origin
	definitions []health.Definition // any of them for any service
}

func drawKnown(t *rapid.T) known {
	return known{
		origins:     rapid.SliceOfN(anyOrigin, 1, 12).Draw(t, "origins"),
		definitions: rapid.SliceOfN(anyDefinition, 1, 4).Draw(t, "definitions"),
	}
}

// drawDirectory draws one that knows some of it, in an order of its own.
func drawDirectory(t *rapid.T, k known) *Directory {
	d := NewDirectory(100)
	for range rapid.IntRange(0, 10).Draw(t, "known") {
		name := rapid.SampledFrom(k.origins).Draw(t, "name")
		mustNumber(d.Origin(name))
		mustNumber(d.Definition(name.Service, rapid.SampledFrom(k.definitions).Draw(t, "definition")))
	}
	return d
}

// drawMessage draws a gossip message in numbers of d, which comes to know what it is about.
func drawMessage(t *rapid.T, d *Directory, k known) *wire.Message {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = rapid.SampledFrom([]gossip.Kind{gossip.Answer, gossip.Push}).Draw(t, "kind")
	m.Gossip.Delta.From = crdt.NewActor(3, 77)
	for id := range node.ID(3) {
		m.Gossip.Delta.Versions.Advance(crdt.Dot{Actor: crdt.NewActor(id, 7), Seq: 9})
	}
	for range rapid.IntRange(0, 12).Draw(t, "entries") {
		name := rapid.SampledFrom(k.origins).Draw(t, "name")
		o := mustNumber(d.Origin(name))
		if rapid.Bool().Draw(t, "result") {
			m.Gossip.Delta.Append(origin.Result(o), dots(1), siblings(origin.Value(o%4)))
			continue
		}
		var values []origin.Value
		for range rapid.IntRange(0, 3).Draw(t, "siblings") {
			number := mustNumber(d.Definition(name.Service,
				rapid.SampledFrom(k.definitions).Draw(t, "definition")))
			values = append(values, rapid.SampledFrom([]origin.Value{
				origin.Removed, origin.By(number), origin.By(number),
			}).Draw(t, "value"))
		}
		m.Gossip.Delta.Append(origin.Registration(o), dots(3), siblings(values...))
	}
	return m
}

// dots returns a context of so many dots.
func dots(count int) (context []crdt.Dot) {
	for id := range node.ID(count) {
		context = append(context, crdt.Dot{Actor: crdt.NewActor(id, 7), Seq: 5})
	}
	return context
}

// siblings returns writes of the values by the first actors of a context.
func siblings(values ...origin.Value) (all []sibling) {
	for i, value := range values {
		all = append(all, sibling{Dot: dots(3)[i], Value: value})
	}
	return all
}

// spelt is what the entries of a message say, in words, as far as names and numbers are concerned.
func spelt(d *Directory, m *wire.Message) (said []string) {
	for _, e := range m.Gossip.Delta.Entries {
		words := fmt.Sprint(d.Name(origin.Of(e.Key)), origin.IsRegistration(e.Key), e.Context)
		for _, s := range e.Siblings {
			words += fmt.Sprint(" ", s.Dot)
			number, registered := s.Value.Definition()
			if !origin.IsRegistration(e.Key) || !registered {
				words += fmt.Sprint(" value ", s.Value)
				continue
			}
			service, definition := d.DefinitionOf(number)
			definition.Pool = 0
			words += fmt.Sprintf(" by %s %+v", service, definition)
		}
		said = append(said, words)
	}
	return said
}

// copied returns a message with memory of its own.
func copied(m *wire.Message) *wire.Message {
	c := *m
	c.Gossip.Delta.Entries = slices.Clone(c.Gossip.Delta.Entries)
	for i := range c.Gossip.Delta.Entries {
		e := &c.Gossip.Delta.Entries[i]
		e.Context, e.Siblings = slices.Clone(e.Context), slices.Clone(e.Siblings)
	}
	return &c
}

func mustNumber[N uint16 | uint32](number N, err error) N {
	if err != nil {
		panic(err)
	}
	return number
}
