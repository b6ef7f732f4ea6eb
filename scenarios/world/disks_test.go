package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// saveOften makes host 1 save at every wake how often it has woken.
func saveOften(d *diary, _ clock.Time, out *node.Out[note]) {
	if d.self == 1 {
		out.Save(fmt.Append(nil, "save ", d.count))
	}
}

// crashKeeping adds a crash of host 1 that keeps its disk.
func (s *story) crashKeeping(at, length time.Duration) *scenarios.Fault {
	s.fault(scenarios.Crash, at, length, 1)
	s.last().Keep = true
	return s.last()
}

// "With Old they return with what they had saved by that long before the crash, as from a snapshot".
func TestACrashedHostReturnsFromAnOldSnapshot(t *testing.T) {
	s := tell(saveOften)
	s.crashKeeping(205*ms, 100*ms).Old = span(50 * ms) // woken 20 times by then, 15 times by 155 ms
	r := s.expect(t, `305ms 1: start "save 15"`)
	require.Equal(t, "1 server went down, 1 came back, 1 from an old snapshot", effect(r))
}

func TestASnapshotFromBeforeTheFirstSaveIsEmpty(t *testing.T) {
	s := saveOnce(1)
	s.crashKeeping(100*ms, 100*ms).Old = span(90 * ms)
	s.expect(t, `200ms 1: start ""`)
}

func TestASnapshotWithTheLastSaveIsNoOldOne(t *testing.T) {
	s := saveOnce(1)
	s.crashKeeping(100*ms, 100*ms).Old = span(50 * ms)
	r := s.expect(t, `200ms 1: start "state"`)
	require.Equal(t, "1 server went down, 1 came back", effect(r))
}

// What comes after a snapshot is gone for good.
func TestTheSavesAfterASnapshotAreGone(t *testing.T) {
	s := tell(func(d *diary, now clock.Time, out *node.Out[note]) {
		if now.Since() < 300*ms {
			saveOften(d, now, out)
		}
	})
	s.crashKeeping(205*ms, 200*ms).Old = span(50 * ms)
	s.crashKeeping(505*ms, 100*ms)
	s.expect(t, `405ms 1: start "save 15"`, `605ms 1: start "save 15"`)
}

// "With Torn [they return] with the last save cut short."
func TestATornSaveIsCutShort(t *testing.T) {
	short := map[string]bool{}
	for seed := range uint64(50) {
		s := saveOnce(1)
		s.Seed = seed
		s.crashKeeping(100*ms, 100*ms).Torn = true
		r := s.run()
		require.Equal(t, "1 server went down, 1 came back, 1 with a torn save", effect(r))
		short[s.lines[2]] = true
	}
	require.Len(t, short, len("state"), "every proper beginning: in 50 draws one is missed with p < 1e-4")
	require.NotContains(t, short, `200ms 1: start "state"`)
}

func TestWithoutASaveThereIsNothingToTear(t *testing.T) {
	s := tell(nil)
	s.crashKeeping(100*ms, 100*ms).Torn = true
	r := s.expect(t, `200ms 1: start ""`)
	require.Equal(t, "1 server went down, 1 came back", effect(r))
}

// "What the hosts save is lost for For, and nobody tells them; what was saved before stays."
func TestAFullDiskLosesSavesAndKeepsWhatItHas(t *testing.T) {
	s := tell(saveOften).fault(scenarios.DiskFull, 55*ms, 100*ms, 1)
	s.crashKeeping(105*ms, 100*ms)
	r := s.expect(t, `205ms 1: start "save 5"`)
	require.Equal(t, "5 saves lost", r.Faults[1].Effect) // of 60 to 100 ms
}

func TestADiskThatIsFullNoMoreTakesSavesAgain(t *testing.T) {
	s := tell(saveOften).fault(scenarios.DiskFull, 55*ms, 100*ms, 1)
	s.crashKeeping(185*ms, 100*ms)
	s.expect(t, `285ms 1: start "save 18"`)
}

// Whatever is saved and crashes when: a disk holds what a naive one does that forgets nothing.
func TestADiskForgetsNothingThatItIsAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := tell(saveOften)
		for i := range rapid.IntRange(1, 4).Draw(t, "crashes") {
			at := time.Duration(200*i+rapid.IntRange(1, 99).Draw(t, "at"))*ms + ms/2
			s.crashKeeping(at, 50*ms).Old = span(ms * time.Duration(rapid.IntRange(0, 400).Draw(t, "old")))
		}
		s.run()
		require.Equal(t, naiveStarts(s.Faults), s.lines[2:])
	})
}

// naiveStarts is what a host that saves at each wake finds at its starts.
func naiveStarts(crashes []scenarios.Fault) (lines []string) {
	type saved struct {
		at    time.Duration
		state string
	}
	var saves []saved
	woken := time.Duration(0)
	for _, f := range crashes {
		for count, at := 1, woken+10*ms; at < f.At.Duration(); count, at = count+1, at+10*ms {
			saves = append(saves, saved{at, fmt.Sprint("save ", count)})
		}
		for len(saves) > 0 && f.Old > 0 && saves[len(saves)-1].at > (f.At-f.Old).Duration() {
			saves = saves[:len(saves)-1]
		}
		last := ""
		if len(saves) > 0 {
			last = saves[len(saves)-1].state
		}
		woken = f.End().Duration()
		lines = append(lines, fmt.Sprintf("%v 1: start %q", woken, last))
	}
	return lines
}

// Saving costs no memory beyond what a fault of the plan can bring back.
func TestADiskReusesItsMemory(t *testing.T) {
	s := tell(func(d *diary, _ clock.Time, out *node.Out[note]) { out.Save([]byte("state")) })
	s.Duration = time.Hour
	w := world.New(s.Spec)
	w.Advance(clock.At(time.Second))
	end := clock.At(time.Second)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		end = end.Add(time.Second)
		w.Advance(end)
	}))
}
