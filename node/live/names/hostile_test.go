package names

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// oneOrigin is a dictionary up to the definitions of its one service, which has one origin.
const oneOrigin = "\x01\x01\x03web\x01\x00\x03a:1"

func TestDictionariesOfBadForm(t *testing.T) {
	one, two := definition(1), definition(2)
	good := oneOrigin + "\x01" + one
	require.NoError(t, NewDirectory(9).ParseMessage(registering(good), new(wire.Message)))
	for dictionary, why := range map[string]string{
		"\x01\x00":                                "number of services (uvarint, 1 to",
		"\x01\x02" + good[2:] + good[2:]:          "a service above the previous one at byte 30",
		"\x01\x01\x00\x01\x00\x03a:1\x00":         "name of a service (uvarint, 1 to 63) at byte 2",
		"\x01\x01\x03w/b\x01\x00\x03a:1\x00":      "the name of a service at byte 2",
		"\x01\x01\x03web\x00\x01" + one:           "number of origins (uvarint, 1 to",
		"\x01\x01\x03web\x01\x01\x03a:1\x00":      "bytes shared with the previous target (uvarint, 0 to 0)",
		"\x01\x01\x03web\x01\x00\x00\x00\x00":     "rest of a target (uvarint, 1 to 255) at byte 8",
		"\x01\x01\x03web\x01\x00\x03a:0\x00":      "a target, host:port at byte 7",
		twoOrigins("\x00\x03b:1", "\x00\x03a:1"):  "a target above the previous one at byte 12",
		twoOrigins("\x00\x03a:1", "\x00\x03a:2"):  "a target above the previous one at byte 12",
		twoOrigins("\x00\x03a:1", "\x03\x00"):     "rest of a target (uvarint, 1 to 252) at byte 13",
		twoOrigins("\x00\x03a:1", "\x04\x01x"):    "bytes shared with the previous target (uvarint, 0 to 3)",
		oneOrigin + "\x01\x0f" + one[1:]:          "definition (uvarint, 16 to 1070) at byte 13",
		oneOrigin + "\x02" + one + one:            "a definition above the previous one at byte 30",
		oneOrigin + "\x01\x11" + one[1:] + "\x00": "a definition of 17 B at byte 14",
		oneOrigin + "\x01\x10\x09" + one[2:]:      "a valid definition (health: kind is 9",
		oneOrigin + "\x02" + one + two:            "expected an entry about each name and definition",
		oneOrigin + "\x00":                        "registration by definition 0, expected one of the 0 given",
		oneOrigin + "\x00\x01":                    "names: after 13 B of them: wire: expected",
		"":                                        "expected the names of the origins that a message is about",
	} {
		requireRefused(t, NewDirectory(9), registering(dictionary), why)
	}
}

func twoOrigins(first, second string) string { return "\x01\x01\x03web\x02" + first + second + "\x00" }

// definition returns the shortest valid definition with a weight, with its length.
func definition(weight uint16) string {
	d := health.Definition{Interval: 1, Timeout: 1, Rise: 1, Fall: 1, Weight: weight}
	return string(appendText(nil, string(appendDefinition(nil, &d))))
}

// registering returns a message that registers the first origin of a dictionary by its first
// definition.
func registering(dictionary string) []byte {
	return about(dictionary, origin.Registration(0), origin.By(0))
}

// about returns a message with a single entry.
func about(dictionary string, key uint32, value origin.Value) []byte {
	m := answer()
	m.Gossip.Delta.Append(key, dots(1), siblings(value))
	return wire.Append([]byte(dictionary), m)
}

// requireRefused demands that b is refused, and leaves nothing behind.
func requireRefused(t require.TestingT, d *Directory, b []byte, why string) {
	m, before := new(wire.Message), sizes(d)
	require.ErrorContains(t, d.ParseMessage(b, m), why)
	require.Zero(t, m.Kind)
	require.Equal(t, before, sizes(d), why)
	requireConsistent(t, d)
}

func sizes(d *Directory) [3]int { return [3]int{d.Services(), d.Len(), d.Definitions()} }

func TestEntriesThatAreNotNamed(t *testing.T) {
	d := NewDirectory(9)
	requireRefused(t, d, about(oneOrigin+"\x00", origin.Result(1), 1),
		"entry of origin 1, expected one of the 1 named")
	requireRefused(t, d, about(oneOrigin+"\x01"+definition(1), origin.Registration(0), origin.By(1)),
		"registration by definition 1, expected one of the 1 given")
	requireRefused(t, d, about(twoOrigins("\x00\x03a:1", "\x02\x012"), origin.Result(0), 1),
		"expected an entry about each name and definition")
	requireRefused(t, d, wire.Append([]byte(oneOrigin+"\x00"), idlePull()),
		"expected no names with a message that is about nothing")

	const other = "\x03wec\x01\x00\x03a:1"
	m := answer()
	m.Gossip.Delta.Append(origin.Registration(0), dots(1), siblings(origin.By(0)))
	m.Gossip.Delta.Append(origin.Result(1), dots(1), siblings(1))
	foreign := "\x01\x02" + oneOrigin[2:] + "\x00" + other + "\x01" + definition(1)
	requireRefused(t, d, wire.Append([]byte(foreign), m),
		"expected a registration by a definition of the same service")
}

// "ErrFull if it has no room for what the message names", be it by one.
func TestMessagesThatDoNotFitAreRefused(t *testing.T) {
	message := registering(oneOrigin + "\x01" + definition(1))
	d := NewDirectory(1)
	mustNumber(d.Origin(Origin{"web", "b:1"}))
	requireRefused(t, d, message, "full: no room for 1 more origins")
	require.ErrorIs(t, d.ParseMessage(message, new(wire.Message)), ErrFull)

	d = NewDirectory(1)
	for weight := range uint16(1<<16 - 1) {
		definition := health.DefaultDefinition()
		definition.Weight = weight
		mustNumber(d.Definition("web", definition))
	}
	m := new(wire.Message)
	require.ErrorContains(t, d.ParseMessage(message, m), "full: no room for 1 more definitions")
	require.Zero(t, d.Len())
	for i := range MaxServices - 1 {
		mustNumber(d.Pool(string(rune('a'+i/1000)) + string(rune('a'+i/100%10)) +
			string(rune('a'+i/10%10)) + string(rune('a'+i%10))))
	}
	require.ErrorContains(t, d.ParseMessage(about("\x01\x01\x01z\x01\x00\x03a:1\x00", 0, 1), m),
		"full: no room for 1 more services")
}

// "What is not exactly the layout above is refused as a whole: the message is empty then, and the
// directory as it was."
func TestWhatParsesIsCanonical(t *testing.T) {
	accepted, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		k := drawKnown(t)
		sender, receiver := drawDirectory(t, k), drawDirectory(t, k)
		b := sender.AppendMessage(nil, drawMessage(t, sender, k))
		for range rapid.IntRange(1, 2).Draw(t, "faults") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		if requireCanonical(t, receiver, b) {
			accepted++
		} else {
			refused++
		}
	})
	require.NotZero(t, accepted)
	require.NotZero(t, refused)
}

// requireCanonical reports whether b parses. It demands that it then encodes to b again, and that
// it leaves nothing behind otherwise.
func requireCanonical(t require.TestingT, d *Directory, b []byte) bool {
	m, before := new(wire.Message), sizes(d)
	if err := d.ParseMessage(b, m); err != nil {
		require.Zero(t, m.Kind)
		require.Equal(t, before, sizes(d))
		return false
	}
	require.Equal(t, b, d.AppendMessage(nil, m))
	requireConsistent(t, d)
	return true
}

// "memory grows with what was received, and never with what was promised": what is made is the
// error, and what these messages do begin.
func TestHostileCountsAllocateNothing(t *testing.T) {
	const runs, maxBytes, billion = 100, 1 << 10, "\xff\xff\xff\xff\x0e"
	for what, b := range map[string]string{
		"services":    "\x01" + billion + oneOrigin[2:],
		"origins":     "\x01\x01\x03web" + billion + oneOrigin[7:],
		"definitions": oneOrigin + billion + definition(1),
		"a target":    "\x01\x01\x03web\x01\x00" + billion + "a:1",
	} {
		d, m := NewDirectory(9), new(wire.Message)
		require.Error(t, d.ParseMessage([]byte(b), m), what)
		allocated := allocatedBytes(func() {
			for range runs {
				_ = d.ParseMessage([]byte(b), m)
			}
		})
		require.Less(t, allocated/runs, uint64(maxBytes), what)
	}
}

func allocatedBytes(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// FuzzParseMessage: whatever the bytes, ParseMessage does not panic, and accepts the one encoding
// of a message only.
func FuzzParseMessage(f *testing.F) {
	f.Add(registering(oneOrigin + "\x01" + definition(1)))
	f.Add(about(twoOrigins("\x00\x03a:1", "\x02\x012"), origin.Result(1), 2))
	f.Add(wire.Append(nil, idlePull()))
	f.Add(newsOf(3))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := NewDirectory(5)
		mustNumber(d.Origin(Origin{"web", "10.0.0.2:80"}))
		mustNumber(d.Definition("web", health.DefaultDefinition()))
		requireCanonical(t, d, b)
		_ = requireCanonical(t, d, b) // now that all names are known
	})
}
