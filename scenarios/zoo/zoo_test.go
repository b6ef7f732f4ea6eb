package zoo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The flags have twins in the environment, since a flag of one package breaks go test ./... .
var (
	open = flag.Bool("zoo", os.Getenv("BUTTERFLY_ZOO") == "1",
		"build every mutant and hunt it")
	only = flag.String("zoo.only", os.Getenv("BUTTERFLY_ZOO_ONLY"),
		"hunt these mutants, as M08,M10")
	restarts = flag.Int("zoo.restarts", twin("BUTTERFLY_ZOO_RESTARTS", 20),
		"make so many searches for each mutant")
	strategies = flag.String("zoo.strategies",
		cmp.Or(os.Getenv("BUTTERFLY_ZOO_STRATEGIES"), strings.Join(Strategies(), ",")),
		"search with these strategies")
	out = flag.String("zoo.out", cmp.Or(os.Getenv("BUTTERFLY_ZOO_OUT"), "MATRIX"),
		"write the matrix to this name, with .md and with .csv")
)

func twin(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// A run stands still that takes a thousand times as long as any other.
const patience = 5 * time.Minute

// TestZoo hunts every mutant. What it finds out stands in the matrix at once, and what stands there
// is not measured again unless the mutant has changed: it may be stopped at any time.
func TestZoo(t *testing.T) {
	if !*open {
		t.Log("the zoo is closed: -zoo or BUTTERFLY_ZOO=1 opens it")
		return
	}
	matrix := readMatrix(t)
	for _, m := range append([]Mutant{Original(Mutants())}, Mutants()...) {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), m.ID) {
			continue
		}
		t.Run(m.ID, func(t *testing.T) { matrix = hunt(t, &m, matrix) })
	}
}

// TestTheMatrixIsUpToDate: what is committed is of the mutants as they are, has each of them hunted by every
// strategy that can, leaves none alive, and its page says what its rows say.
func TestTheMatrixIsUpToDate(t *testing.T) {
	text, err := os.ReadFile("MATRIX.csv")
	require.NoError(t, err)
	matrix, err := ParseMatrix(string(text))
	require.NoError(t, err)
	for _, m := range Mutants() {
		require.NoError(t, matrix.Contradicts(&m))
		for _, h := range m.Hunts {
			for _, strategy := range Strategies() {
				row := Kill{
					Mutant: m.ID, Hunt: h.String(), Strategy: strategy, Restarts: 20, Digest: m.Digest(),
				}
				require.True(t, matrix.Has(row) || !h.Suits(strategy),
					"%s has not been hunted by %s in %v, as it is now", m.ID, strategy, h)
			}
		}
	}
	page, err := os.ReadFile("MATRIX.md")
	require.NoError(t, err)
	require.Equal(t, matrix.Markdown(Mutants()), string(page))
}

// hunt measures what the matrix does not have of a mutant.
func hunt(t *testing.T, m *Mutant, matrix Matrix) Matrix {
	var run Command
	for _, strategy := range strings.Split(*strategies, ",") {
		for _, h := range m.Hunts {
			row := Kill{
				Mutant: m.ID, Hunt: h.String(), Strategy: strategy, Restarts: *restarts, Digest: m.Digest(),
			}
			if matrix.Has(row) || !h.Suits(strategy) {
				continue
			}
			if run == nil {
				run = build(t, m)
			}
			k, err := Measure(run, h, strategy, *restarts)
			require.NoError(t, err)
			k.Mutant, k.Digest = row.Mutant, row.Digest
			t.Logf("%s %v: found in %d of %d, seeds %d, %s, faults %d, panicked %d, %.1f s", m.ID, h,
				k.Found, k.Restarts, k.Seeds, k.Property, k.Faults, k.Panicked, k.Seconds)
			matrix = matrix.Add(k)
			write(t, *out+".csv", matrix.CSV())
			write(t, *out+".md", matrix.Markdown(Mutants()))
		}
	}
	assert.NoError(t, matrix.Contradicts(m)) // the rows stay, and the others are hunted still
	return matrix
}

func readMatrix(t *testing.T) Matrix {
	text, err := os.ReadFile(*out + ".csv")
	if !errors.Is(err, os.ErrNotExist) {
		require.NoError(t, err)
	}
	matrix, err := ParseMatrix(string(text))
	require.NoError(t, err)
	return matrix
}

// write replaces a file at once: who is stopped in between leaves the old one.
func write(t *testing.T, name, text string) {
	require.NoError(t, os.WriteFile(name+".new", []byte(text), 0o666))
	require.NoError(t, os.Rename(name+".new", name))
}

// build builds the command with a mutant in it, as anybody builds it.
func build(t *testing.T, m *Mutant) Command {
	folder := t.TempDir()
	binary := filepath.Join(folder, "butterfly")
	compile := exec.Command("go", "build", "-pgo", "off", // a profile is of the program as it is
		"-overlay", overlay(t, m, folder), "-o", binary, "./cmd/butterfly")
	compile.Dir = root
	said, err := compile.CombinedOutput()
	require.NoError(t, err, "%s", said)
	return func(arguments ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		run := exec.CommandContext(ctx, binary, arguments...)
		run.Dir, run.Env = folder, append(os.Environ(), "BUTTERFLY_OUT="+folder)
		stdout, err := run.Output()
		if code := new(exec.ExitError); errors.As(err, &code) && code.ExitCode() > 0 {
			err = nil // its verdict
		}
		return stdout, err
	}
}

// overlay writes the planted sources, and the file that tells the compiler to take them.
func overlay(t *testing.T, m *Mutant, folder string) string {
	planted, err := m.Plant(readSource)
	require.NoError(t, err)
	replace := map[string]string{}
	for _, file := range slices.Sorted(maps.Keys(planted)) {
		original, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(file)))
		require.NoError(t, err)
		replace[original] = filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		require.NoError(t, os.WriteFile(replace[original], []byte(planted[file]), 0o666))
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	name := filepath.Join(folder, "overlay.json")
	require.NoError(t, os.WriteFile(name, text, 0o666))
	return name
}
