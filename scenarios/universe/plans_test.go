package universe

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/stage"
)

func TestDrawnPlansCanBePlayed(t *testing.T) {
	faults, plans := 0, Plans(hearts(nil))
	rapid.Check(t, func(t *rapid.T) {
		plan := plans.Draw(t, "plan")
		require.NoError(t, stage.Validate(&plan.Scenario))
		require.Nil(t, plan.Scenario.Storm)
		require.LessOrEqual(t, len(plan.Scenario.Faults), 4)
		faults += len(plan.Scenario.Faults)
		Hold(t, hearts(nil), plan)
	})
	require.Greater(t, faults, 50, "100 plans are not empty")
}

// fatal is a test that notes why it failed.
type fatal string

func (f *fatal) Helper()                           {}
func (f *fatal) Fatalf(format string, args ...any) { *f += fatal(fmt.Sprintf(format, args...)) }

func TestHoldTellsWhatIsBroken(t *testing.T) {
	found, err := Hunt(fallible(), 20)
	require.NoError(t, err)
	var said fatal
	Hold(&said, fallible(), Plan{uint64(found.Seed), found.Shrunk})
	require.Contains(t, said, "FAIL     seed "+found.Seed.String())
	require.Contains(t, said, "broken   steady at ")
	require.Contains(t, said, found.Shrunk.Faults[0].String())
}

func TestNothingCanBeDrawnWithoutAStorm(t *testing.T) {
	s := hearts(nil)
	s.Scenario.Storm = nil
	require.PanicsWithValue(t,
		"universe.Plans: Spec.Scenario.Storm: there is none, and so no fault to choose",
		func() { Plans(s) })
}

// Any bytes are a plan, and those behind a choice do not touch it.
func TestEveryTextDecodesToAPlan(t *testing.T) {
	p, err := newPlayer(hearts(nil), "fuzz")
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		before := slices.Clone(data)
		plan := p.choose(decode(data))
		require.NoError(t, stage.Validate(&plan.Scenario))
		require.Equal(t, plan, p.choose(decode(data)))
		require.Equal(t, before, data)
		require.Equal(t, plan, p.choose(decode(append(data, 0, 0))), "what is missing is 0")
	})
}

func TestBytesAreNumbersTheLeastSignificantFirst(t *testing.T) {
	choose := decode([]byte{1, 2, 3, 4, 5, 6, 7, 8})
	require.Equal(t, 0, choose("the only one there is", 1))
	require.Equal(t, 1, choose("a byte", 256))
	require.Equal(t, 0x0302, choose("two", 65536))
	require.Equal(t, 0x060504, choose("three", 1<<24))
	require.Equal(t, 7%5, choose("a remainder", 5))
	require.Equal(t, 8, choose("what is left", 1000))
	require.Equal(t, 0, choose("nothing is left", 1000))
}

func FuzzHearts(f *testing.F) { Fuzz(f, hearts(nil)) }
