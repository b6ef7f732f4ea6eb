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
	failure node.Failure
	message Message
}

var (
	anyID          = rapid.SampledFrom([]node.ID{0, 1, 2, 3, 7, 8, node.MaxIDs, node.Nobody})
	anyIncarnation = rapid.SampledFrom([]Incarnation{
		0, 1, 2, 1 << 10, 1 << 20, 1<<20 + 1, 1<<20 + 1025, 1 << 40, 1 << 62, math.MaxUint64,
	})
	anyUpdate = rapid.Custom(func(t *rapid.T) Update {
		return Update{
			Member: anyID.Draw(t, "member"), State: State(rapid.IntRange(0, 6).Draw(t, "state")),
			From: anyID.Draw(t, "from"), Incarnation: anyIncarnation.Draw(t, "incarnation"),
		}
	})
	anyInput = rapid.Custom(func(t *rapid.T) input {
		return input{
			how:     rapid.IntRange(0, 4).Draw(t, "how"),
			elapsed: time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms")) * time.Millisecond,
			from:    anyID.Draw(t, "from"),
			timer:   node.TimerID(rapid.IntRange(0, node.MaxTimers-1).Draw(t, "timer")),
			failure: node.Failure(rapid.IntRange(0, 2).Draw(t, "failure")),
			message: Message{
				Kind:     Kind(rapid.IntRange(0, 8).Draw(t, "kind")),
				Sequence: uint32(rapid.IntRange(0, 3).Draw(t, "sequence")),
				Origin:   anyID.Draw(t, "origin"), Target: anyID.Draw(t, "target"),
				Updates: rapid.SliceOfN(anyUpdate, 0, 12).Draw(t, "updates"),
			},
		}
	})
)

// Whatever comes in, no transition is illegal, the member holds itself alive, its incarnation never
// falls, nothing grows beyond its bound, and nothing goes to an ID that was made up.
func TestHostileInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(anyInput, 1, 40).Draw(t, "plan")
		config := DefaultConfig()
		config.MaxMembers, config.Seeds = 8, []node.ID{0, 1}
		s, out, now := New(config, 0, rng.New(1)), new(effects), clock.Time(0)
		s.Start(now, nil, out)
		for i := range plan {
			before := s.Incarnation()
			now = now.Add(plan[i].elapsed)
			out.Reset()
			feed(s, now, &plan[i], out)
			checkInvariants(t, s)
			require.Equal(t, Alive, s.State(0))
			require.GreaterOrEqual(t, s.Incarnation(), before)
			require.LessOrEqual(t, len(s.members.entries), config.MaxMembers)
			for _, send := range out.Sends {
				require.LessOrEqual(t, len(send.Message.Updates), config.MaxUpdates)
				require.True(t, s.accepts(send.To) || send.To == plan[i].from)
			}
		}
	})
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
		s.Returned(now, in.from, 1, &in.message, in.failure, out)
	}
}
