package node_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// list is a message that keeps its memory; word is one that does not.
type (
	list struct{ items []int }
	word struct{ letters []byte }
)

func (l *list) Reset() { l.items = l.items[:0] }

func TestOutHoldsTheEffectsInTheirOrder(t *testing.T) {
	var out node.Out[word]
	out.Send(3).letters = []byte("a")
	out.Send(4).letters = []byte("b")
	out.Call(5, 77, time.Second).letters = []byte("c")
	out.Probe(node.Probe{Origin: 6, Token: 7, Timeout: time.Minute})
	out.Emit(node.Event{Kind: node.Ready, Subject: 8})
	out.Save([]byte("d"))

	require.Equal(t, []node.Send[word]{
		{To: 3, Message: word{[]byte("a")}}, {To: 4, Message: word{[]byte("b")}},
	}, out.Sends)
	require.Equal(t, []node.Call[word]{
		{To: 5, ID: 77, Timeout: time.Second, Message: word{[]byte("c")}},
	}, out.Calls)
	require.Equal(t, []node.Probe{{Origin: 6, Token: 7, Timeout: time.Minute}}, out.Probes)
	require.Equal(t, []node.Event{{Kind: node.Ready, Subject: 8}}, out.Events)
	require.True(t, out.HasSave)
	require.Equal(t, "d", string(out.Saved))
}

func TestResetForgetsEverything(t *testing.T) {
	var out node.Out[word]
	out.Send(1)
	out.Call(1, 1, 1)
	out.Probe(node.Probe{})
	out.Emit(node.Event{})
	out.Save([]byte("state"))
	out.Alarm(3, 1)
	out.Reset()
	require.Empty(t, out.Sends)
	require.Empty(t, out.Calls)
	require.Empty(t, out.Probes)
	require.Empty(t, out.Events)
	require.Empty(t, out.Saved)
	require.False(t, out.HasSave)
	require.False(t, out.AnyAlarm())
}

func TestAlarmsAreSlots(t *testing.T) {
	var out node.Out[word]
	require.False(t, out.AnyAlarm())
	out.Alarm(0, 10)
	out.Alarm(7, 20)
	out.Alarm(7, 30)
	out.Alarm(2, clock.Never)
	require.True(t, out.AnyAlarm())
	want := map[node.TimerID]clock.Time{0: 10, 2: clock.Never, 7: 30}
	for slot := range node.TimerID(node.MaxTimers) {
		at, set := out.Alarmed(slot)
		require.Equal(t, want[slot], at)
		require.Equal(t, want[slot] != 0, set)
	}
	require.Panics(t, func() { out.Alarm(node.MaxTimers, 1) })
}

func TestNextAlarmGoesThroughTheSlotsThatAreSet(t *testing.T) {
	for _, want := range [][]node.TimerID{nil, {0}, {7}, {0, 3, 7}, {0, 1, 2, 3, 4, 5, 6, 7}} {
		var out node.Out[word]
		for _, slot := range want {
			out.Alarm(slot, 1)
		}
		var got []node.TimerID
		for slot, ok := out.NextAlarm(0); ok; slot, ok = out.NextAlarm(slot + 1) {
			got = append(got, slot)
		}
		require.Equal(t, want, got)
	}
}

func TestSaveCopies(t *testing.T) {
	var out node.Out[word]
	state := []byte("state")
	out.Save(state)
	state[0] = 'S'
	require.Equal(t, "state", string(out.Saved))
	out.Save(nil)
	require.True(t, out.HasSave)
	require.Empty(t, out.Saved)
}

// "Within capacity the element keeps its old content, whose memory the caller resets and reuses."
func TestReusedMessagesArriveEmptyWithTheirOldMemory(t *testing.T) {
	var out node.Out[list]
	for _, next := range []func() *list{
		func() *list { return out.Send(1) },
		func() *list { return out.Call(1, 1, 1) },
	} {
		m := next()
		m.items = append(m.items, 1, 2, 3)
		memory := &m.items[0]
		out.Reset()
		m = next()
		require.Empty(t, m.items)
		require.Same(t, memory, &m.items[:1][0])
	}
}

func TestReusedMessagesWithoutAResetAreZero(t *testing.T) {
	var out node.Out[word]
	out.Send(1).letters = []byte("old")
	out.Call(1, 1, 1).letters = []byte("old")
	out.Reset()
	require.Zero(t, *out.Send(1))
	require.Zero(t, *out.Call(1, 1, 1))
}

// "In the steady state filling it allocates nothing."
func TestFillingAReusedOutAllocatesNothing(t *testing.T) {
	var out node.Out[list]
	state := make([]byte, 100)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		out.Reset()
		for peer := range node.ID(3) {
			m := out.Send(peer)
			m.items = append(m.items, 1, 2, 3)
			m = out.Call(peer, 1, time.Second)
			m.items = append(m.items, 4, 5)
		}
		out.Probe(node.Probe{})
		out.Emit(node.Event{})
		out.Alarm(1, 1)
		out.Save(state)
	}))
}

func BenchmarkOut(b *testing.B) {
	var out node.Out[list]
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		m := out.Send(1)
		m.items = append(m.items, 1)
		out.Emit(node.Event{Kind: node.Ready})
		out.Alarm(1, 1)
	}
}
