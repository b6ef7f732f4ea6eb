package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

// "Start makes the configured origins known, which is no event: everybody knew it before."
func TestConfiguredOriginsAreKnownFromTheStart(t *testing.T) {
	d := newDesk(8)
	d.expect(t)
	for origin := range uint32(10) {
		require.Equal(t, origin < 4, d.Known(origin))
	}
	require.True(t, d.table.Routed(3))
	require.False(t, d.table.Routed(4))
}

func TestRegisteringMakesAnOriginKnownAndRouted(t *testing.T) {
	d := newDesk(8)
	require.True(t, d.Register(0, 6, 1))
	d.expect(t, event(node.OriginLearned, 6, 1))
	require.False(t, d.Register(0, 6, 1), "nothing has changed")
	require.True(t, d.Register(0, 0, 1), "another definition")
	d.expect(t, event(node.OriginLearned, 0, 1))
	require.False(t, d.Register(0, 8, 0), "there cannot be such an origin")
	require.False(t, d.Register(0, 5, 2), "nor such a definition")
	d.expect(t)
}

// A check goes on by the new definition, every 10 s instead of every second, and with the status
// that it had.
func TestAnotherDefinitionChangesTheCheckUnderWay(t *testing.T) {
	d := newDesk(8)
	probes := 0
	d.answer = func(node.Probe) (node.Outcome, bool) { probes++; return node.Succeeded, true }
	d.Assign(d.now, 0)
	d.settle()
	d.pass(10 * time.Second)
	require.Equal(t, 10, probes)
	require.True(t, d.Register(d.now, 0, 1))
	d.settle()
	d.pass(30 * time.Second)
	require.Equal(t, 13, probes)
	require.Equal(t, health.Healthy, d.Status(0))
}

func TestUnregisteringForgetsEverything(t *testing.T) {
	d := newDesk(8)
	d.Assign(0, 1)
	d.expect(t, event(node.CheckBegan, 1, 0))
	d.pass(time.Second)
	d.expect(t, event(node.HealthChanged, 1, healthy), event(node.Believed, 1, healthy))
	require.True(t, d.Unregister(d.now, 1))
	require.False(t, d.Unregister(d.now, 1))
	d.expect(t, event(node.CheckEnded, 1, 0), event(node.Believed, 1, 0),
		event(node.Routed, 1, 0), event(node.OriginForgotten, 1, 0))
	require.False(t, d.Known(1))
	d.Assign(d.now, 1)
	d.Learn(d.now, 1, health.Healthy)
	d.expect(t)
	d.pass(time.Minute)
	d.expect(t)
}

func TestWhatOthersSayIsBelieved(t *testing.T) {
	d := newDesk(8)
	d.Learn(d.now, 2, health.Healthy)
	d.Learn(d.now, 2, health.Healthy)
	d.expect(t, event(node.Believed, 2, healthy))
	d.Learn(d.now, 2, health.Unhealthy)
	d.expect(t, event(node.Believed, 2, unhealthy), event(node.Routed, 2, 0))
}

// "Nothing is learned from others not knowing, or not being able to probe."
func TestIgnoranceOfOthersSaysNothing(t *testing.T) {
	d := newDesk(8)
	d.Learn(d.now, 2, health.Healthy)
	d.expect(t, event(node.Believed, 2, healthy))
	d.Learn(d.now, 2, health.Unknown)
	d.Learn(d.now, 2, health.Unable)
	d.expect(t)
	require.Equal(t, health.Healthy, d.Status(2))
}

// "It counts for little while this server checks the origin itself: until its own probes have a
// result."
func TestOwnResultsCountForMoreThanWhatOthersSay(t *testing.T) {
	d := newDesk(8)
	d.Assign(d.now, 2)
	d.Learn(d.now, 2, health.Unhealthy)
	d.expect(t, event(node.CheckBegan, 2, 0), event(node.Believed, 2, unhealthy),
		event(node.Routed, 2, 0))
	d.pass(3 * time.Second)
	require.Equal(t, health.Healthy, d.Status(2))
	d.Learn(d.now, 2, health.Unhealthy)
	require.Equal(t, health.Healthy, d.Status(2))
	d.Release(2)
	d.Learn(d.now, 2, health.Unhealthy)
	require.Equal(t, health.Unhealthy, d.Status(2))
}
