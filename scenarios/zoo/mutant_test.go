package zoo

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	searching "butterfly/scenarios/search"
)

// root is the module's, from this folder.
const root = "../.."

func readSource(file string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	return string(text), err
}

// A patch whose old text is not there once does not fit the source any more, and one that changes
// nothing plants nothing.
func TestEveryPatchFits(t *testing.T) {
	for _, m := range Mutants() {
		planted, err := m.Plant(readSource)
		require.NoError(t, err)
		for file, text := range planted {
			original, err := readSource(file)
			require.NoError(t, err)
			require.NotEqual(t, original, text, "%s: %s", m.ID, file)
			_, err = parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
			require.NoError(t, err, m.ID)
		}
	}
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	read := func(string) (string, error) { return "one two two", nil }
	for old, count := range map[string]string{"three": "0 times", "two": "2 times"} {
		m := Mutant{ID: "M00", Patches: []Patch{{File: "x.go", Old: old}}}
		_, err := m.Plant(read)
		require.ErrorContains(t, err, count)
	}
	both := Mutant{Patches: []Patch{{"x.go", "one", "1"}, {"x.go", "1 two", "2"}}}
	planted, err := both.Plant(read)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"x.go": "2 two"}, planted, "patches build on each other")
}

// hypotheses are the numbers of the bugs that the zoo began with: those of the list that was drawn
// up before there was anything to plant them in.
var hypotheses = strings.Fields(`M01 M02 M04 M05 M08 M10 M13 M15 M17 M18 M19 M23 M24 M25 M27 M28 M29
	M30 M32 M34 M35 M37 M38 M40`)

func TestEveryHypothesisIsInTheZoo(t *testing.T) {
	var ids []string
	for _, m := range Mutants() {
		require.Regexp(t, `^M\d\d$`, m.ID)
		require.NotContains(t, ids, m.ID)
		ids = append(ids, m.ID)
	}
	require.True(t, slices.IsSorted(ids), ids)
	for _, id := range hypotheses {
		require.Contains(t, ids, id)
	}
}

// Who reads the table is told all there is to know: what it is, where it comes from, what it breaks,
// where it is hunted or why there is nothing to hunt.
func TestEveryMutantIsExplained(t *testing.T) {
	for _, m := range Mutants() {
		require.NotEmpty(t, m.Title, m.ID)
		require.NotEmpty(t, m.Source, m.ID)
		require.NotEmpty(t, m.Promise, m.ID)
		require.Equal(t, len(m.Patches) == 0, len(m.Hunts) == 0, "%s: nothing to hunt, or nowhere", m.ID)
		require.False(t, len(m.Patches) == 0 && m.Equivalent == "", "%s: nothing is planted", m.ID)
	}
}

// What is hunted is in the catalogue, and takes the settings.
func TestEveryHuntCanBeRun(t *testing.T) {
	for _, m := range Mutants() {
		for _, h := range m.Hunts {
			s, err := scenarios.Find(h.Scenario)
			require.NoError(t, err, m.ID)
			for _, setting := range h.Settings {
				require.NoError(t, s.Set(setting), m.ID)
			}
			for _, strategy := range Strategies() {
				_, err := searching.New(searching.Name(strategy), s)
				require.Equal(t, err == nil, h.Suits(strategy), "%s in %v: %v", m.ID, h, err)
			}
		}
	}
}
