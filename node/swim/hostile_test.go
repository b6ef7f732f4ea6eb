package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// input is one step of a hostile driver; what it does not use it ignores.
type input struct {
	how     int
	elapsed time.Duration
	from    node.ID
	timer   node.TimerID
	call    node.CallID
	failure node.Failure
	message Message
}

var (
	anyID          = rapid.SampledFrom([]node.ID{0, 1, 2, 3, 7, 8, node.MaxIDs, node.Nobody})
	anyIncarnation = rapid.SampledFrom([]Incarnation{
		0, 1, 2, 1 << 10, 1 << 20, 1<<20 + 1, 1<<20 + 1025, 1 << 40, 1 << 62, math.MaxUint64,
	})
	anyLength = rapid.SampledFrom([]uint16{
		0, 0, 0, 1, 7, 40, MaxMetadata, MaxMetadata + 1, math.MaxUint16,
	})
	anyUpdate = rapid.Custom(func(t *rapid.T) Update {
		return Update{
			Member: anyID.Draw(t, "member"), State: State(rapid.IntRange(0, 6).Draw(t, "state")),
			From: anyID.Draw(t, "from"), Incarnation: anyIncarnation.Draw(t, "incarnation"),
			MetadataBytes: anyLength.Draw(t, "metadata"),
		}
	})
	anyBroadcast = rapid.Custom(func(t *rapid.T) Broadcast {
		return Broadcast{
			Origin: anyID.Draw(t, "origin"), Sequence: uint64(anyIncarnation.Draw(t, "number")),
			PayloadBytes: anyLength.Draw(t, "payload"),
		}
	})
	anyMessage = rapid.Custom(func(t *rapid.T) Message {
		return Message{
			Kind:     Kind(rapid.IntRange(0, 8).Draw(t, "kind")),
			Sequence: uint32(rapid.IntRange(0, 3).Draw(t, "sequence")),
			Origin:   anyID.Draw(t, "origin"), Target: anyID.Draw(t, "target"),
			Digest:     uint64(rapid.IntRange(0, 1).Draw(t, "digest")),
			Updates:    rapid.SliceOfN(anyUpdate, 0, 12).Draw(t, "updates"),
			Broadcasts: rapid.SliceOfN(anyBroadcast, 0, 4).Draw(t, "broadcasts"),
			Bytes:      make([]byte, rapid.SampledFrom([]int{0, 8, 600}).Draw(t, "bytes")),
		}
	})
	anyInput = rapid.Custom(func(t *rapid.T) input {
		return input{
			how:     rapid.IntRange(0, 6).Draw(t, "how"),
			elapsed: time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms")) * time.Millisecond,
			from:    anyID.Draw(t, "from"),
			timer:   node.TimerID(rapid.IntRange(0, node.MaxTimers-1).Draw(t, "timer")),
			call:    rapid.SampledFrom([]node.CallID{0, 1, streamCall, math.MaxUint32}).Draw(t, "call"),
			failure: node.Failure(rapid.IntRange(0, 2).Draw(t, "failure")),
			message: anyMessage.Draw(t, "message"),
		}
	})
)

// Whatever comes in, no transition is illegal, the member holds itself alive, its incarnation never
// falls, nothing grows beyond its bound, and nothing goes to an ID that was made up.
func TestHostileInput(t *testing.T) {
	for _, preset := range Presets() {
		config, err := Preset(preset)
		require.NoError(t, err)
		rapid.Check(t, func(t *rapid.T) { sufferAny(t, config) })
		rapid.Check(t, func(t *rapid.T) { sufferAny(t, config.MemberlistRules()) })
	}
}

// The same from the inputs that a fuzzer finds.
func FuzzReceive(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { sufferAny(t, DefaultConfig()) }))
}

func sufferAny(t *rapid.T, config Config) {
	plan := rapid.SliceOfN(anyInput, 1, 25).Draw(t, "plan")
	config.MaxMembers, config.Seeds = 8, []node.ID{0, 1}
	suffer(t, New(config, 0, rng.New(1)), plan)
}

// suffer feeds a member a plan and checks it after every step.
func suffer(t *rapid.T, s *Swim, plan []input) {
	out, now, floors := new(effects), clock.Time(0), floors{}
	s.Start(now, nil, out)
	real := map[node.ID]bool{}
	for i := range plan {
		before := s.Incarnation()
		now = now.Add(plan[i].elapsed)
		out.Reset()
		feed(s, now, &plan[i], out)
		real[plan[i].from] = true

		checkInvariants(t, s)
		floors.check(t, s)
		require.Equal(t, Alive, s.State(0))
		require.GreaterOrEqual(t, s.Incarnation(), before)
		require.LessOrEqual(t, len(s.members.entries), s.config.MaxMembers)
		require.LessOrEqual(t, len(s.broadcasts.heard), s.config.MaxMembers)
		for j := range out.Sends {
			require.LessOrEqual(t, weight(&out.Sends[j].Message), s.config.DatagramBytes)
			require.True(t, s.accepts(out.Sends[j].To) || real[out.Sends[j].To])
		}
	}
}

func feed(s *Swim, now clock.Time, in *input, out *effects) {
	var reply Message
	switch in.how {
	case 0, 1:
		s.Receive(now, in.from, &in.message, out)
	case 2:
		s.Wake(now, in.timer, out)
	case 3:
		s.Serve(now, in.from, &in.message, &reply, out)
	case 4:
		s.Returned(now, in.from, in.call, &in.message, in.failure, out)
	case 5:
		s.Broadcast(now, in.message.Bytes, out)
	case 6:
		_ = s.Describe(now, in.message.Bytes, out) // too long is one of the inputs
	}
}
