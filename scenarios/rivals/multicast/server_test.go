package multicast

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Results are kept or not whatever the order in which they come and however often.
func TestTheNewestResultIsKeptInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type told struct {
			from node.ID
			m    Message
		}
		var all []told
		for range rapid.IntRange(1, 12).Draw(t, "messages") {
			all = append(all, told{node.ID(rapid.IntRange(1, 3).Draw(t, "from")), Message{[]Result{{
				Key: rapid.Uint32Range(0, 2).Draw(t, "key"),
				At:  clock.Time(rapid.IntRange(0, 4).Draw(t, "at")),
			}}}})
		}
		var digests [2]uint64
		orders := [][]told{all, rapid.Permutation(append(all, all...)).Draw(t, "order")}
		for i, order := range orders {
			s := NewServer(Config{Keys: 3, Interval: time.Second}, 0, 4, rng.New(1))
			for j := range order {
				s.Receive(0, order[j].from, &order[j].m, nil)
			}
			digests[i] = s.Digest()
		}
		require.Equal(t, digests[0], digests[1])
	})
}

func TestAnOlderResultChangesNothing(t *testing.T) {
	s := NewServer(Config{Keys: 1, Interval: time.Second}, 0, 4, rng.New(1))
	_, known := s.Newest(0)
	require.False(t, known)
	for _, step := range []struct {
		from node.ID
		r    Result
		want uint64
	}{
		{1, Result{At: 10, Value: 1}, 1},
		{2, Result{At: 9, Value: 2}, 1},
		{2, Result{At: 10, Value: 3}, 3}, // the higher server, of two at one time
		{1, Result{At: 10, Value: 4}, 3},
		{1, Result{At: 11, Value: 5}, 5},
	} {
		s.Receive(20, step.from, &Message{[]Result{step.r}}, nil)
		r, known := s.Newest(0)
		require.True(t, known)
		require.Equal(t, step.want, r.Value)
	}
}

func TestABatchIsCutToTheMTU(t *testing.T) {
	s := NewServer(Config{Keys: 5000, Interval: time.Second, Batch: time.Minute}, 0, 3, rng.New(1))
	var out effects
	for i := range 1000 {
		s.check(clockAt(i), &out)
	}
	require.Empty(t, out.Sends)
	s.Wake(clockAt(1000), timerFlush, &out)
	told := map[node.ID][]Result{}
	for i := range out.Sends {
		send := &out.Sends[i]
		require.LessOrEqual(t, Size(&send.Message), MTU)
		told[send.To] = append(told[send.To], send.Message.Results...)
	}
	require.True(t, slices.Equal(s.wait[:1000], told[1]), "all, in order")
	require.True(t, slices.Equal(told[1], told[2]))
	// 9 bytes, and 6 or 7 a result: fewer datagrams would not do.
	require.Equal(t, 2*5, len(out.Sends))
	out.Reset()
	s.Wake(clockAt(1001), timerFlush, &out)
	require.Empty(t, out.Sends, "they were sent")
}

// "In the steady state" a check, its multicast and its receipt allocate nothing.
func TestTellingAllocatesNothing(t *testing.T) {
	config := Config{Keys: 100, Interval: time.Second}
	a := NewServer(config, 0, 8, rng.New(1))
	b := NewServer(config, 1, 8, rng.New(2))
	var out effects
	now := clockAt(0)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		out.Reset()
		now = now.Add(time.Millisecond)
		a.Wake(now, timerCheck, &out)
		b.Receive(now, 0, &out.Sends[0].Message, &out)
	}))
}
