package zoo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// program plays the command: seeds that divisor divides fail. It notes what it was asked to run.
type program struct {
	divisor  int
	breaks   string // the property; no-flip if empty
	panics   bool   // not the servers, but the program
	unshrunk bool   // it panics in smaller plans
	asked    []string
}

func (p *program) run(arguments ...string) ([]byte, error) {
	p.asked = append(p.asked, strings.Join(arguments, " "))
	switch {
	case arguments[0] == "shrink" && p.unshrunk:
		return nil, nil
	case arguments[0] == "shrink":
		return []byte(`{"wall_seconds": 2, "after": {"faults": 3}}`), nil
	}
	first, last, _ := strings.Cut(arguments[slices.Index(arguments, "-seeds")+1], "-")
	from, _ := strconv.Atoi(first)
	to, _ := strconv.Atoi(last)
	var lines strings.Builder
	ran := 0
	for seed, failed := from, false; seed <= to && !failed; seed++ {
		ran++
		switch {
		case seed%p.divisor > 0:
		case p.panics:
			fmt.Fprintf(&lines, `{"seed": "0x%016x", "harness_fault": "panic: oh", "violations": []}`+"\n", seed)
		default:
			failed = true
			fmt.Fprintf(&lines, `{"seed": "0x%016x", "bundle": "of-%d.json", `+
				`"violations": [{"property": %q}, {"property": "other"}]}`+"\n",
				seed, seed, cmp.Or(p.breaks, "no-flip"))
		}
	}
	fmt.Fprintf(&lines, `{"summary": true, "seeds": %d, "wall_seconds": 1}`, ran)
	return []byte(lines.String()), nil
}

var anywhere = Hunt{Scenario: "storm", Settings: []string{"servers=5"}}

const ending = " -failures 1 -shrink 0 -recheck 0 -json"

// The 32nd seed of the first restart fails, and the 24th of the next one, which begins at seed 201.
func TestSearchesRunUntilTheFirstFailure(t *testing.T) {
	p := program{divisor: 32}
	k, err := Measure(p.run, anywhere, Random, 2)
	require.NoError(t, err)
	require.Equal(t, []string{
		"hunt storm -set servers=5 -strategy random -seeds 1-200" + ending,
		"shrink of-32.json -json",
		"hunt storm -set servers=5 -strategy random -seeds 201-400" + ending,
		"shrink of-224.json -json",
	}, p.asked)
	require.Equal(t, Kill{
		Hunt: "storm -set servers=5", Strategy: Random, Restarts: 2, Found: 2, Seeds: 24,
		Property: "no-flip", Faults: 3, Seconds: 6,
	}, k)
}

func TestWhatIsNotFoundTookMoreThanAll(t *testing.T) {
	p := program{divisor: 1000}
	k, err := Measure(p.run, anywhere, "swarm", 2)
	require.NoError(t, err)
	require.False(t, k.Killed())
	require.Equal(t, SeedsPerRestart+1, k.Seeds)
	require.Equal(t, "hunt storm -set servers=5 -strategy swarm -seeds 201-400"+ending, p.last())
}

func (p *program) last() string { return p.asked[len(p.asked)-1] }

// A panic counts as found. That of a server is shrunk like any other failure, that of the program
// cannot be.
func TestPanicsAreCountedApart(t *testing.T) {
	p := program{divisor: 3, breaks: "no-panic"}
	k, err := Measure(p.run, anywhere, Random, 1)
	require.NoError(t, err)
	require.Equal(t, Kill{
		Hunt: "storm -set servers=5", Strategy: Random, Restarts: 1, Found: 1, Panicked: 1, Seeds: 3,
		Property: "no-panic", Faults: 3, Seconds: 3,
	}, k)

	p = program{divisor: 3, panics: true}
	k, err = Measure(p.run, anywhere, Random, 1)
	require.NoError(t, err)
	require.Equal(t, Kill{
		Hunt: "storm -set servers=5", Strategy: Random, Restarts: 1, Found: 1, Panicked: 1, Seeds: 3,
		Faults: -1, Seconds: 1,
	}, k)
}

func TestWhatPanicsInSmallerPlansIsNotShrunk(t *testing.T) {
	p := program{divisor: 3, unshrunk: true}
	k, err := Measure(p.run, anywhere, Random, 1)
	require.NoError(t, err)
	require.Equal(t, -1, k.Faults)
	require.Equal(t, 3, k.Seeds)
}

func TestACommandThatIsNoneIsNamed(t *testing.T) {
	for text, complaint := range map[string]string{
		"":                   "expected a summary",
		"no JSON":            "no JSON",
		`{"seed": "twelve"}`: "twelve",
	} {
		_, err := Measure(func(...string) ([]byte, error) { return []byte(text), nil }, anywhere, Random, 1)
		require.ErrorContains(t, err, complaint)
		require.ErrorContains(t, err, "storm -set servers=5, from seed 1")
	}
	late := errors.New("does not end")
	_, err := Measure(func(...string) ([]byte, error) { return nil, late }, anywhere, Random, 1)
	require.ErrorIs(t, err, late)
}

func TestSummariesAreMedians(t *testing.T) {
	k := summarise([]search{
		{seeds: 9, found: true, property: "b", faults: 4, seconds: 1},
		{seeds: 1, found: true, property: "a", faults: 1, seconds: 2},
		{seeds: 200, faults: -1, seconds: 3},
		{seeds: 5, found: true, property: "b", faults: -1, panicked: true},
	})
	require.Equal(t, Kill{
		Restarts: 4, Found: 3, Panicked: 1, Seeds: 5, Property: "b", Faults: 1, Seconds: 6,
	}, k)
	require.Equal(t, "a", mostOften(map[string]int{"b": 2, "a": 2, "c": 1}), "the first of equals")
}
