package universe

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

func TestTheFirstFailureIsShrunk(t *testing.T) {
	f, err := Hunt(fallible(), 20)
	require.NoError(t, err)
	require.Equal(t, "steady", f.Property)
	require.Len(t, f.Found.Faults, 4)
	require.Len(t, f.Shrunk.Faults, 1, "one crash or partition will do")
	require.Contains(t, []scenarios.FaultKind{scenarios.Crash, scenarios.Partition},
		f.Shrunk.Faults[0].Kind)
	require.Zero(t, f.Decisive)
	require.Equal(t, "steady", f.Violation().Property)
	require.Contains(t, f.String(), "FAIL     hearts, seed 0x")
	require.Contains(t, f.String(), "faults   1 of 4, ")

	for seed := range uint64(f.Seed) - 1 {
		lower, err := Hunt(fallible(), seed+1)
		require.NoError(t, err)
		require.Nil(t, lower, "no lower seed fails")
	}
}

func TestWhatHoldsIsNoFailure(t *testing.T) {
	f, err := Hunt(hearts(nil), 20)
	require.NoError(t, err)
	require.Nil(t, f)
}

func TestABundleOfAGuestIsOne(t *testing.T) {
	f, err := Hunt(fallible(), 20)
	require.NoError(t, err)
	text, err := f.Bundle().Encode()
	require.NoError(t, err)
	back, err := hunt.DecodeBundle(text)
	require.NoError(t, err)
	require.Equal(t, f.Shrunk, back.Scenario)

	p, err := newPlayer(fallible(), "hunt")
	require.NoError(t, err)
	again := p.play(&back.Scenario, uint64(back.Seed))
	require.Empty(t, back.Differences(again.result))
}

// A fault that nothing is promised about is no excuse to fail, and none to pass.
func TestWhatIsNotPromisedIsLeftOut(t *testing.T) {
	s := fallible()
	s.Survives = func(f *scenarios.Fault) bool { return f.Kind != scenarios.Partition }
	p, err := newPlayer(s, "hunt")
	require.NoError(t, err)
	for seed := range uint64(20) {
		plan := p.plan(seed)
		for _, fault := range plan.Faults {
			require.Equal(t, scenarios.Crash, fault.Kind)
		}
	}
}
