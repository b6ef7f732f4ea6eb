package world_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// talkUnder lets both hosts talk for 20 s under a fault, which they number from 0 on: 1,999 notes
// each way.
func talkUnder(kind scenarios.FaultKind, change func(f *scenarios.Fault)) (*story, *world.Result) {
	s := tell(chat).fault(kind, 5*ms, 20*time.Second)
	s.Duration = 20*time.Second + 5*ms
	change(s.last())
	return s, s.run()
}

// noteCodec writes notes as they are. What is not a number is no note.
func noteCodec(parsed *[]string) *world.Codec[note] {
	return &world.Codec[note]{
		Append: func(b []byte, m *note) []byte { return append(b, m.text...) },
		Parse: func(b []byte, m *note) error {
			*parsed = append(*parsed, string(b))
			m.text = string(b)
			_, err := strconv.Atoi(m.text)
			return err
		},
	}
}

// numbers are those of the notes that a host got, in the order in which it got them.
func numbers(lines []string, host node.ID) (all []int) {
	for _, line := range lines {
		var when string
		var at, sender node.ID
		var number int
		n, _ := fmt.Sscanf(line, "%s %d: %d from %d", &when, &at, &number, &sender)
		if n == 4 && at == host {
			all = append(all, number)
		}
	}
	return all
}

// times says how often each number occurs.
func times(numbers []int) map[int]int {
	count := map[int]int{}
	for _, n := range numbers {
		count[n]++
	}
	return count
}

// overtaken counts the numbers that come after a higher one.
func overtaken(numbers []int) (count int) {
	highest := 0
	for _, n := range numbers {
		if n < highest {
			count++
		}
		highest = max(highest, n)
	}
	return count
}

// "Every link delivers SharePPM of its datagrams twice": 4,000 notes; the bound is beyond five
// standard deviations of 27.
func TestADuplicateFaultDeliversItsShareTwice(t *testing.T) {
	s, r := talkUnder(scenarios.Duplicate, func(f *scenarios.Fault) { f.SharePPM = rng.Percent(25) })
	twice := 0
	for host := range node.ID(2) {
		for _, count := range times(numbers(s.lines, host)) {
			require.LessOrEqual(t, count, 2)
			twice += count - 1
		}
	}
	require.InDelta(t, 1000, twice, 140)
	// The second copies of the last notes may still be on their way.
	require.Contains(t, []string{
		fmt.Sprintf("%d packets doubled", twice), fmt.Sprintf("%d packets doubled", twice+1),
	}, effect(r))
}

// "The second copy is late by up to By, whatever happens meanwhile": it arrives after the fault is
// over, and is out of date by then.
func TestReplaysComeLate(t *testing.T) {
	s := tell(chat).fault(scenarios.Duplicate, 5*ms, 100*ms)
	s.last().SharePPM, s.last().By = rng.Always, span(500*ms)
	require.Equal(t, "20 packets doubled", effect(s.run()))
	got := numbers(s.lines, 1)
	require.Positive(t, received(s.lines, 1, 400*ms, 607*ms)-20, "replays long after the fault")
	require.Equal(t, 39, received(s.lines, 1, 607*ms, time.Second), "and none later than By")
	require.Positive(t, overtaken(got))
	for number, count := range times(got) {
		require.Equal(t, number <= 10, count == 2, "note %d", number)
	}
}

// "Whatever happens meanwhile": a host is replayed when it has crashed, and in its next life.
func TestReplaysOutliveTheirSender(t *testing.T) {
	s := tell(chat).fault(scenarios.Duplicate, 5*ms, 100*ms)
	s.last().SharePPM, s.last().By = rng.Always, span(500*ms)
	s.fault(scenarios.Crash, 105*ms+ms/2, 100*ms, 0)
	s.run()
	require.Positive(t, received(s.lines, 1, 107*ms, 205*ms), "while it is down")
	require.Greater(t, received(s.lines, 1, 206*ms, 607*ms), 40, "its new life sends 40 notes")
	require.Zero(t, received(s.lines, 0, 105*ms, 205*ms), "and nothing reaches it there")
}

// A cut takes replays as well, if it is there when they arrive.
func TestACutStopsReplaysInFlight(t *testing.T) {
	s := tell(chat).fault(scenarios.Duplicate, 5*ms, 100*ms)
	s.last().SharePPM, s.last().By = rng.Always, span(500*ms)
	s.fault(scenarios.Partition, 150*ms+ms/2, 800*ms, 1)
	r := s.run()
	require.Zero(t, received(s.lines, 0, 151*ms, 950*ms)+received(s.lines, 1, 151*ms, 950*ms))
	var cut, inFlight int
	_, err := fmt.Sscanf(r.Faults[0].Effect, "%d messages cut off, %d in flight", &cut, &inFlight)
	require.NoError(t, err)
	require.Greater(t, inFlight, 20)
}

// "Each by a time of its own up to By, so that later ones overtake them": of 3,998 notes an eighth.
func TestAReorderFaultHoldsItsShareBack(t *testing.T) {
	s, r := talkUnder(scenarios.Reorder, func(f *scenarios.Fault) {
		f.SharePPM, f.By = rng.PPM(125_000), span(80*ms)
	})
	late := overtaken(numbers(s.lines, 0)) + overtaken(numbers(s.lines, 1))
	var held int
	_, err := fmt.Sscanf(effect(r), "%d packets held back", &held)
	require.NoError(t, err)
	require.InDelta(t, 500, held, 5*21)
	// By less than 10 ms nothing is overtaken: an eighth of them.
	require.InDelta(t, held*7/8, late, 5*8)
	require.Len(t, times(numbers(s.lines, 0)), len(numbers(s.lines, 0)), "none comes twice")
}

// "No server is to take what was damaged for a message": what arrives is what was sent, in order and
// once; what was damaged has been shown to the parser, which takes some of it for notes.
func TestNobodyGetsWhatACorruptFaultDamages(t *testing.T) {
	var parsed []string
	s := tell(chat).fault(scenarios.Corrupt, 5*ms, 20*time.Second)
	s.Duration = 20*time.Second + 5*ms
	s.last().SharePPM = rng.Percent(25)
	s.Codec = noteCodec(&parsed)
	s.Codec.DamagedOnly = true
	r := s.run()
	arrived := 0
	for host := range node.ID(2) {
		got := numbers(s.lines, host)
		require.Zero(t, overtaken(got))
		require.Len(t, times(got), len(got))
		require.LessOrEqual(t, got[len(got)-1], 2000)
		arrived += len(got)
	}
	require.InDelta(t, 3000, arrived, 140)
	require.Len(t, parsed, 4000-arrived, "all that was damaged, and nothing else")
	notes := 0
	for _, text := range parsed {
		if _, err := strconv.Atoi(text); err == nil {
			notes++
		}
	}
	require.Positive(t, notes)
	require.Equal(t, fmt.Sprintf("%d packets damaged, %d of them given away by the checksum alone",
		len(parsed), notes), effect(r))
}

// Without a codec there are no bytes to parse, and what is damaged is as good as lost.
func TestDamageWithoutACodec(t *testing.T) {
	s, r := talkUnder(scenarios.Corrupt, func(f *scenarios.Fault) { f.SharePPM = rng.Percent(25) })
	arrived := len(numbers(s.lines, 0)) + len(numbers(s.lines, 1))
	require.InDelta(t, 3000, arrived, 140)
	require.Equal(t, fmt.Sprintf("%d packets damaged", 4000-arrived), effect(r))
}

// A parser that panics is found: it is no checksum's business to save it.
func TestAParserThatPanicsIsFound(t *testing.T) {
	s := tell(chat).fault(scenarios.Corrupt, 5*ms, 500*ms)
	s.last().SharePPM = rng.Percent(50)
	s.Codec = &world.Codec[note]{
		DamagedOnly: true,
		Append:      func(b []byte, m *note) []byte { return append(b, "note "+m.text...) },
		Parse: func(b []byte, m *note) error {
			m.text = string(b[5:]) // where a tail was cut off, there may be fewer
			return nil
		},
	}
	require.Panics(t, func() { s.run() })
}

// "Every link is bad at times, apart from the others, and then loses LossPPM of its packets": of
// 3,998 notes 1 in 6, in runs of about 4.
func TestABurstLossLosesNotesInARow(t *testing.T) {
	s, r := talkUnder(scenarios.BurstLoss, func(f *scenarios.Fault) {
		f.LossPPM, f.GoodPackets, f.BadPackets = rng.Always, 20, 4
	})
	lost, begun := 0, 0
	for host := range node.ID(2) {
		last := 0
		for _, number := range numbers(s.lines, host) {
			lost += number - last - 1
			begun += min(number-last-1, 1)
			last = number
		}
	}
	require.InDelta(t, 4000/6, lost, 150)
	require.InDelta(t, 4, float64(lost)/float64(begun), 1)
	var all int
	_, err := fmt.Sscanf(effect(r), "%d packets lost", &all)
	require.NoError(t, err)
	require.InDelta(t, lost, all, 20, "but for those after the last that arrived")
}
