package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

func read(t *testing.T, path ...string) string {
	text, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	require.NoError(t, err)
	return string(text)
}

// sectionOf splits a document into the section under a heading, up to the next heading of its level,
// and the rest.
func sectionOf(document, heading string) (section, rest string) {
	before, after, _ := strings.Cut(document, "\n"+heading+"\n")
	level, _, _ := strings.Cut(heading, " ")
	section, after, _ = strings.Cut(after, "\n"+level+" ")
	return section, before + "\n" + after
}

// readmeOfRuns is the README without what is live, which has a test of its own.
func readmeOfRuns(t *testing.T) string {
	_, rest := sectionOf(read(t, "README.md"), "### Three nodes and five origins")
	return rest
}

// Every command line of the README is run somewhere: by the script readme.txtar, or, where it takes
// long, by CI.
func TestCommandsOfTheReadmeAreRun(t *testing.T) {
	commands := regexp.MustCompile(`(?m)^\$ (.*)$`).FindAllStringSubmatch(readmeOfRuns(t), -1)
	require.GreaterOrEqual(t, len(commands), 7)
	script := read(t, "cmd", "butterfly", "testdata", "script", "readme.txtar")
	ci := read(t, ".ci", "run")
	for _, c := range commands {
		command, ours := strings.CutPrefix(c[1], "go run ./cmd/butterfly ")
		if !ours {
			require.Contains(t, ci, c[1])
		} else if !strings.Contains(script, "exec butterfly "+command+"\n") {
			require.Contains(t, ci, "butterfly "+command, "not in readme.txtar, and not in CI")
		}
	}
}

// Every piece of Go in the README stands, to the letter, in the file that is named above it, which is
// compiled and tested.
func TestCodeOfTheReadmeIsTested(t *testing.T) {
	pieces := regexp.MustCompile("(?s)(?:<!-- from (\\S+) -->\n)?```go\n(.*?)```").
		FindAllStringSubmatch(read(t, "README.md"), -1)
	require.GreaterOrEqual(t, len(pieces), 2)
	for _, p := range pieces {
		require.NotEmpty(t, p[1], "no file is named above:\n%s", p[2])
		require.Contains(t, read(t, filepath.FromSlash(p[1])), p[2])
	}
}

// Every scenario in the README is one that the script of its commands runs.
func TestScenariosOfTheReadmeAreRun(t *testing.T) {
	files := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readmeOfRuns(t), -1)
	require.NotEmpty(t, files)
	script := read(t, "cmd", "butterfly", "testdata", "script", "readme.txtar")
	for _, f := range files {
		require.Contains(t, script, ".yaml --\n"+f[1])
	}
}

// Every file that the README and CONTRIBUTING link to exists.
func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	for _, document := range []string{"README.md", "CONTRIBUTING.md"} {
		links := regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(read(t, document), -1)
		for _, l := range links {
			require.FileExists(t, filepath.Join(root, filepath.FromSlash(l[1])), document)
		}
	}
}
