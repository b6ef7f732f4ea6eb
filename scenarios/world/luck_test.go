package world_test

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func span(d time.Duration) scenarios.Span { return scenarios.Span(d) }

// talker sends a numbered word to every other host every 10 ms, asks a random one now and then, and
// emits what it hears.
type talker struct {
	self  node.ID
	hosts int
	rand  rng.Rand
	words uint64
	hash  uint64
}

type word struct{ number uint64 }

func (k *talker) Start(now clock.Time, _ []byte, out *node.Out[word]) {
	out.Alarm(0, now.Add(10*ms))
}

func (k *talker) Wake(now clock.Time, _ node.TimerID, out *node.Out[word]) {
	k.words++
	for peer := range node.ID(k.hosts) {
		if peer != k.self {
			out.Send(peer).number = k.words
		}
	}
	if k.words%4 == 0 {
		out.Call(node.ID(k.rand.Intn(k.hosts)), node.CallID(k.words), 50*ms).number = k.words
	}
	out.Alarm(0, now.Add(10*ms))
}

func (k *talker) Receive(_ clock.Time, from node.ID, m *word, out *node.Out[word]) {
	k.heard(from, m.number, out)
}

func (k *talker) Serve(
	_ clock.Time, from node.ID, request, reply *word, out *node.Out[word],
) bool {
	reply.number = request.number + uint64(k.self)
	k.heard(from, request.number, out)
	return true
}

func (k *talker) Returned(
	_ clock.Time, from node.ID, _ node.CallID, reply *word, failure node.Failure, out *node.Out[word],
) {
	if failure == node.OK {
		k.heard(from, reply.number, out)
	}
}

func (k *talker) heard(from node.ID, number uint64, out *node.Out[word]) {
	k.hash = rng.Mix(k.hash ^ number)
	out.Emit(node.Event{Kind: node.UserEvents, Subject: uint32(from), A: number})
}

func (k *talker) Digest() uint64 { return k.hash }

// talkers returns the spec of hosts that talk for three seconds over a bad network.
func talkers(hosts int, faults ...scenarios.Fault) world.Spec[word] {
	return world.Spec[word]{
		Name: "talkers", Seed: 7, Hosts: hosts, StartSpread: 30 * ms, Duration: 3 * time.Second,
		Machine: func(self node.ID, rand rng.Rand) node.Machine[word] {
			return &talker{self: self, hosts: hosts, rand: rand}
		},
		Size:  func(m *word) int { return (bits.Len64(m.number|1) + 6) / 7 }, // of a varint
		Codec: wordCodec(true),
		Network: netmodel.Config{
			Latency: netmodel.LogNormal(ms, 800), Loss: rng.Percent(5), Duplicate: rng.Percent(5),
		},
		Faults: faults,
	}
}

// arrival is a datagram that reached its host.
type arrival struct {
	at     clock.Time
	from   uint32
	number uint64
}

// "The fate of the k-th message on a link depends only on (seed, link, k), so that removing one
// fault or one message leaves every other link's luck unchanged." Links 0->1 and 1->0 do not know
// whether the others were partitioned, crashed or silent.
func TestFaultsLeaveTheLuckOfOtherLinksAsItWas(t *testing.T) {
	const second = scenarios.Span(time.Second)
	want := datagrams(talkers(4), 0, 1)
	require.Greater(t, len(want), 500)
	for _, f := range []scenarios.Fault{
		{Kind: scenarios.Partition, At: second, For: second, Hosts: []node.ID{2, 3}},
		{Kind: scenarios.Crash, At: second, For: second / 2, Hosts: []node.ID{3}},
		{Kind: scenarios.Pause, At: second, For: second / 2, Hosts: []node.ID{2}},
		{Kind: scenarios.Crash, Hosts: []node.ID{2, 3}},
	} {
		require.Equal(t, want, datagrams(talkers(4, f), 0, 1), "%s", &f)
	}
}

// A partition takes what is sent while it lasts, and nothing else changes on its own links.
func TestAPartitionOnlyTakesAway(t *testing.T) {
	f := scenarios.Fault{
		Kind: scenarios.Partition, At: span(time.Second), For: span(time.Second), Hosts: []node.ID{0},
	}
	all, kept := datagrams(talkers(4), 0, 1), datagrams(talkers(4, f), 0, 1)
	require.Less(t, len(kept), len(all)*3/4)
	require.Subset(t, all, kept)
	for _, a := range all {
		if a.at < clock.At(time.Second) || a.at > clock.At(2100*ms) {
			require.Contains(t, kept, a)
		}
	}
}

// recorder is a talker that notes the datagrams it gets.
type recorder struct {
	talker
	heard *[]arrival
}

func (r *recorder) Receive(now clock.Time, from node.ID, m *word, out *node.Out[word]) {
	*r.heard = append(*r.heard, arrival{now, uint32(from), m.number})
	r.talker.Receive(now, from, m, out)
}

// datagrams returns what two hosts say to each other in a run.
func datagrams(s world.Spec[word], a, b node.ID) (arrived []arrival) {
	build := s.Machine
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[word] {
		if self != a && self != b {
			return build(self, rand)
		}
		return &recorder{talker{self: self, hosts: s.Hosts, rand: rand}, &arrived}
	}
	world.New(s).Run()
	between := arrived[:0]
	for _, x := range arrived {
		if node.ID(x.from) == a || node.ID(x.from) == b {
			between = append(between, x)
		}
	}
	return between
}

func drawFaults(t *rapid.T) []scenarios.Fault {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scenarios.Fault {
		f := scenarios.Fault{
			Kind:    rapid.SampledFrom(withoutOrigins()).Draw(t, "kind"),
			At:      span(ms * time.Duration(rapid.IntRange(0, 1500).Draw(t, "at"))),
			For:     span(ms * time.Duration(rapid.IntRange(1, 1500).Draw(t, "for"))),
			Hosts:   []node.ID{node.ID(rapid.IntRange(0, 3).Draw(t, "host"))},
			Keep:    rapid.Bool().Draw(t, "keep"),
			OneWay:  rapid.Bool().Draw(t, "one way"),
			LossPPM: rng.PPM(rapid.IntRange(1, 500_000).Draw(t, "loss")),

			SharePPM: rng.PPM(rapid.IntRange(1, 500_000).Draw(t, "share")),
			By:       span(ms * time.Duration(rapid.IntRange(1, 1500).Draw(t, "by"))),

			Old:            span(ms * time.Duration(rapid.IntRange(0, 500).Draw(t, "old"))),
			Torn:           rapid.Bool().Draw(t, "torn"),
			Cost:           span(ms * time.Duration(rapid.IntRange(1, 20).Draw(t, "cost"))),
			RatePPM:        rapid.IntRange(1, 100_000).Draw(t, "rate"),
			Offset:         span(ms * time.Duration(rapid.IntRange(-500, 500).Draw(t, "offset"))),
			Latency:        scenarios.Latency{Latency: netmodel.Uniform(0, 100*ms)},
			BytesPerSecond: 1000, QueueBytes: rapid.IntRange(0, 100).Draw(t, "queue"),
			Bytes: scenarios.MinMTU, PerSecond: 100,
		}
		if rapid.Bool().Draw(t, "others") {
			f.Others = []node.ID{(f.Hosts[0] + node.ID(rapid.IntRange(1, 3).Draw(t, "other"))) % 4}
		}
		return f.Trimmed()
	}), 0, 6).Draw(t, "faults")
}

// withoutOrigins returns the kinds of faults that need none.
func withoutOrigins() []scenarios.FaultKind {
	return slices.DeleteFunc(scenarios.FaultKinds(), func(kind scenarios.FaultKind) bool {
		f := scenarios.Fault{Kind: kind, Origins: []uint32{0}}
		return len(f.Trimmed().Origins) > 0
	})
}

// The same plan gives the same run: with every message encoded and decoded, on the other queue, in
// small steps, next to another world, and twice in lockstep.
func TestARunIsAFunctionOfItsSpec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		faults := drawFaults(t)
		want := world.New(talkers(4, faults...)).Run()

		encoded := talkers(4, faults...)
		encoded.Codec = wordCodec(false)
		require.Equal(t, want, world.New(encoded).Run(), "with a codec")

		plain := talkers(4, faults...)
		plain.PlainHeap = true
		require.Equal(t, want, world.New(plain).Run(), "on a plain heap")

		steps, other := world.New(talkers(4, faults...)), world.New(talkers(4))
		for at := clock.Time(0); at < steps.Ends(); at = at.Add(37 * ms) {
			steps.Advance(at)
			other.Advance(at)
			require.Equal(t, at, steps.Now())
		}
		require.Equal(t, want, steps.Run(), "in small steps")

		verified, divergence := world.Verify(func() *world.World[word] {
			return world.New(talkers(4, faults...))
		})
		require.Nil(t, divergence)
		require.Equal(t, want, verified)
	})
}

func wordCodec(damagedOnly bool) *world.Codec[word] {
	return &world.Codec[word]{
		DamagedOnly: damagedOnly,
		Append:      func(b []byte, m *word) []byte { return binary.AppendUvarint(b, m.number) },
		Parse: func(b []byte, m *word) error {
			m.number, _ = binary.Uvarint(b)
			return nil
		},
	}
}

// "rand is a stream of its own for that life."
func TestEachLifeOfEachHostHasItsOwnLuck(t *testing.T) {
	s := talkers(3, scenarios.Fault{
		Kind: scenarios.Crash, At: span(time.Second), For: span(ms), Hosts: []node.ID{0, 1, 2},
	})
	build, draws := s.Machine, map[uint64]bool{}
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[word] {
		m := build(self, rand)
		draws[rand.Uint64()] = true
		return m
	}
	world.New(s).Run()
	require.Len(t, draws, 2*3)
}

func TestAnotherSeedIsAnotherRun(t *testing.T) {
	one, two := talkers(4), talkers(4)
	two.Seed++
	require.NotEqual(t, world.New(one).Run().Fingerprint, world.New(two).Run().Fingerprint)
}
