package stage_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/group"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/trace"
)

// small returns a scenario of the catalogue, cut down to what runs in milliseconds.
func small(t *testing.T, name string) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	require.NoError(t, s.Set("servers=6"))
	if s.Group == nil && s.Replicas == nil && s.Cap == nil {
		require.NoError(t, s.Set("origins=30"))
		require.NoError(t, s.Set("duration=1m"))
	}
	if s.Datacenters > 0 {
		require.NoError(t, s.Set("datacenters=2"))
	}
	if s.Replicas != nil {
		require.NoError(t, s.Set("keys=30"))
	}
	return s
}

func TestEveryScenarioOfTheCatalogueCanBeRun(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		s = small(t, s.Name)
		require.NoError(t, stage.Validate(&s))
		result, divergence := stage.Verify(s, 1, stage.Options{})
		require.Nil(t, divergence, s.Name)
		run := stage.Build(s, 1, stage.Options{})
		require.Zero(t, run.Now())
		require.Equal(t, result, run.Run(), s.Name)
		require.Equal(t, run.Ends(), run.Now(), s.Name)
		require.Equal(t, s.Name, result.Scenario)
	}
}

// It is the run that the package which builds its world would play.
func TestTheKindOfTheScenarioDecidesWhoBuilds(t *testing.T) {
	s := small(t, "crash")
	got := stage.Build(s, 3, stage.Options{}).Run()
	require.Equal(t, cluster.Build(s, 3, cluster.Options{}).Run(), got)
	s = small(t, "swim-crash")
	got = stage.Build(s, 3, stage.Options{}).Run()
	require.Equal(t, group.Build(s, 3, group.Options{}).Run(), got)
	s = small(t, "map-storm")
	got = stage.Build(s, 3, stage.Options{}).Run()
	require.Equal(t, replicas.Build(s, 3, replicas.Options{}).Run(), got)
}

func TestOptionsReachEveryKind(t *testing.T) {
	for _, name := range []string{"crash", "swim-crash", "map-storm"} {
		s := small(t, name)
		want := stage.Build(s, 1, stage.Options{}).Run().Fingerprint
		var history counter
		w, err := trace.NewWriter(&history, trace.Header{})
		require.NoError(t, err)
		result, divergence := stage.Verify(s, 1, stage.Options{Codec: true, PlainHeap: true, Trace: w})
		require.NoError(t, w.Close())
		require.Nil(t, divergence, "two worlds, of which one writes")
		require.Equal(t, want, result.Fingerprint)
		require.Greater(t, int(history), 10_000, name)
	}
}

// What is measured only if somebody asks changes nothing.
func TestCoverageIsOfEveryKind(t *testing.T) {
	for name, event := range map[string]string{
		"crash": "member-dead", "swim-crash": "member-dead", "map-storm": world.Answered,
		"planet": world.Answered, "cap-consistent": "user-0",
	} {
		s := small(t, name)
		with := stage.Build(s, 1, stage.Options{Coverage: true}).Run()
		events := map[string]bool{}
		for _, cell := range with.Coverage {
			events[cell.Event] = true
		}
		require.True(t, events[event], "%s: %v", name, with.Coverage)
		with.Coverage = nil
		require.Equal(t, stage.Build(s, 1, stage.Options{}).Run(), with)
	}
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return io.Discard.Write(b)
}

func TestATimelineIsOfClustersAndGroups(t *testing.T) {
	timeline := checkers.NewTimeline(time.Second)
	stage.Build(small(t, "calm"), 1, stage.Options{Timeline: timeline}).Run()
	require.NotEmpty(t, timeline.Moments())
	timeline = checkers.NewTimeline(time.Second)
	stage.Build(small(t, "swim-crash"), 1, stage.Options{Timeline: timeline}).Run()
	require.NotEmpty(t, timeline.Moments())
	require.PanicsWithValue(t, "stage: a timeline, gaps and further checkers are of a cluster, not of the map alone", func() {
		stage.Build(small(t, "map-storm"), 1, stage.Options{Timeline: timeline})
	})
}

func TestParametersThatDoNotGoTogetherAreRefused(t *testing.T) {
	s := small(t, "swim-crash")
	require.NoError(t, s.Set("probe_timeout=2s"))
	require.NoError(t, s.Validate(), "each is in its range")
	require.ErrorContains(t, stage.Validate(&s), "ProbeTimeout 2s leaves no time for helpers")
	s.Servers = 0
	require.ErrorContains(t, stage.Validate(&s), "servers: 0")
}

// A run that goes on for that long after its last fault passes; a shorter one proves nothing.
func TestARunHasSettledAfterAsLong(t *testing.T) {
	for _, name := range []string{"crash", "swim-crash", "map-storm"} {
		s := small(t, name).Expand(1)
		s.Duration = s.Healed() + scenarios.Span(stage.Settle(&s))
		require.NotEqual(t, world.Vacuous, stage.Build(s, 1, stage.Options{}).Run().Verdict, name)
		s.Duration--
		require.Equal(t, world.Vacuous, stage.Build(s, 1, stage.Options{}).Run().Verdict, name)
	}
	s := small(t, "swim-slow").Expand(1)
	require.Zero(t, stage.Settle(&s))
}
