package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/plots"
	"butterfly/scenarios/tune"
	"butterfly/scenarios/world"
)

// tinyTuning has 7 candidates, each of which plays in milliseconds.
func tinyTuning(t *testing.T, rounds int) *tuning {
	t.Helper()
	chosen, err := chooseNamed("swim-crash", []string{
		"servers=4", "probe_interval=1s", "probe_timeout=200ms", "suspicion_mult=3",
	})
	require.NoError(t, err)
	candidates := tune.Candidates(&chosen.scenario)
	a := &app{out: &strings.Builder{}, err: &strings.Builder{}, program: "butterfly"}
	return &tuning{
		app: a, choice: chosen, candidates: candidates, rounds: rounds, started: time.Now(),
		scores: make([]tune.Score, len(candidates)),
	}
}

func (t *tuning) series(take func(variant, round int, r *world.Result)) *series {
	return &series{
		name: "tuning", variants: kinds * len(t.candidates), seeds: t.rounds, workers: 2,
		scenario: t.play, take: take, again: func(int, int) string { return "again" },
	}
}

// "Ctrl-C keeps what it found": the rounds that all candidates have played.
func TestATuningThatIsStoppedCountsItsCompleteRounds(t *testing.T) {
	tuning := tinyTuning(t, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := tuning.conduct(ctx, tuning.series(func(variant, round int, r *world.Result) {
		tuning.take(variant, round, r)
		if round == 3 && variant == 2 {
			cancel()
		}
	}))
	require.ErrorIs(t, err, context.Canceled)
	// What was under way when it was stopped may be one more, if it was over already.
	require.GreaterOrEqual(t, tuning.complete, 2)
	require.Less(t, tuning.complete, 50)
	f := tuning.findings()
	require.Len(t, f.rows, len(tuning.candidates))
	require.Equal(t, "lan", f.rows[f.reference].Label)

	once := tinyTuning(t, tuning.complete)
	require.NoError(t, once.conduct(context.Background(), once.series(once.take)))
	require.Equal(t, once.scores, tuning.scores)
}

func TestARoundWithAHoleIsNotCounted(t *testing.T) {
	tuning := tinyTuning(t, 3)
	runs := kinds * len(tuning.candidates)
	for variant := range runs {
		if variant != 3 {
			tuning.take(variant, 1, &world.Result{})
		}
	}
	tuning.take(0, 2, &world.Result{})
	require.Zero(t, tuning.complete)
	require.Empty(t, tuning.findings().rows)
	require.Contains(t, tuning.nothingFound(), "before the first round")
	for variant := 1; variant < runs; variant++ {
		tuning.take(variant, 2, &world.Result{})
	}
	require.Equal(t, 1, tuning.complete)
}

// What missed a crash has no detection time to be compared.
func TestAChoiceThatMissesACrashIsLeftOut(t *testing.T) {
	tuning := tinyTuning(t, 1)
	for variant := range kinds * len(tuning.candidates) {
		r := &world.Result{Metrics: map[string]float64{
			"full_detection_seconds": 5, "bytes_per_node_second": 20,
		}}
		if variant == 0 {
			r.Metrics["undetected_crashes"] = 1
		}
		tuning.take(variant, 1, r)
	}
	f := tuning.findings()
	require.Len(t, f.rows, len(tuning.candidates)-1)
	require.Equal(t, "lan", f.missed[0].Label())
	require.Equal(t, f.reference, f.recommended, "all others are equal")
	s := &sheet{}
	tuning.method(s, f)
	require.Contains(t, s.String(), "left out     lan: a crash was not known to all in the end\n")
	require.Equal(t, []string{"lan"}, tuning.report(f).Missed)
}

func figuresOf(figures ...tune.Figures) *findings {
	f := &findings{}
	for i, one := range figures {
		f.add(&tune.Candidate{Settings: []string{"choice=" + string(rune('a'+i))}}, one)
	}
	f.rows = plots.Front(f.rows)
	f.recommended = tune.Recommend(f.figures, f.reference)
	return f
}

// What is recommended comes first, with the reason in figures.
func TestTheSentenceSaysWhy(t *testing.T) {
	tuning := tinyTuning(t, 1)
	s := &sheet{}
	tuning.sentence(s, figuresOf(
		tune.Figures{DetectionSeconds: 10, FalseDeaths: 40, BytesPerNodeSecond: 25},
		tune.Figures{DetectionSeconds: 5, FalseDeaths: 40, BytesPerNodeSecond: 26}))
	require.Equal(t, "BEST  choice=b: all know of a crash in 5.00 s (choice=a: 10.00 s, 50 % less), "+
		"for 26.0 B a node and second (25.0 B, 4 % more), with 40.0 false deaths for 100 stalls "+
		"(40.0, the same).\n", strings.ReplaceAll(s.String(), "\n      ", " "))
	s = &sheet{}
	tuning.sentence(s, figuresOf(
		tune.Figures{DetectionSeconds: 10, FalseDeaths: 0, BytesPerNodeSecond: 25},
		tune.Figures{DetectionSeconds: 5, FalseDeaths: 2, BytesPerNodeSecond: 25}))
	require.Equal(t, "BEST  choice=a: none of 2 choices gains more than 5 % on it without being "+
		"worse somewhere.\n", s.String())
}

func TestChanges(t *testing.T) {
	require.Equal(t, "the same", changeText(0, 0))
	require.Equal(t, "up from none", changeText(0, 3))
	require.Equal(t, "25 % less", changeText(4, 3))
	require.Equal(t, "50 % more", changeText(2, 3))
}

// The table has what the front can be told by, from the fastest on, and what users know.
func TestTheTableIsShort(t *testing.T) {
	f := figuresOf(
		tune.Figures{DetectionSeconds: 10, FalseDeaths: 40, BytesPerNodeSecond: 25},
		tune.Figures{DetectionSeconds: 4, FalseDeaths: 80, BytesPerNodeSecond: 50},
		tune.Figures{DetectionSeconds: 4.1, FalseDeaths: 79, BytesPerNodeSecond: 50},
		tune.Figures{DetectionSeconds: 11, FalseDeaths: 41, BytesPerNodeSecond: 26})
	f.rows[3].Preset, f.rows[3].Label = true, "local"
	s := &sheet{}
	f.table(s)
	require.Equal(t, "detection  deaths  B/node/s\n"+
		"   4.00 s    80.0      50.0  choice=b\n"+
		"  10.00 s    40.0      25.0  choice=a  <- best\n"+
		"  11.00 s    41.0      26.0  local  (not on the front)\n", s.String())
}

func TestTheHeadlineNamesTheLargestGain(t *testing.T) {
	figures := func(seconds, deaths, bytes float64) tune.Figures {
		return tune.Figures{
			DetectionSeconds: seconds, FalseDeaths: deaths, BytesPerNodeSecond: bytes,
		}
	}
	given := figures(10, 40, 25)
	for want, other := range map[string]tune.Figures{
		"bytes 20 % less than with choice=a, and nothing 5 % worse":          figures(9, 39, 20),
		"detection time 50 % less than with choice=a, and nothing 5 % worse": figures(5, 41, 25),
		"false deaths 100 % less than with choice=a, and nothing 5 % worse":  figures(10, 0, 25),
		"of 2 choices none beats choice=a":                                   given,
	} {
		require.Equal(t, want, figuresOf(given, other).headline())
	}
}
