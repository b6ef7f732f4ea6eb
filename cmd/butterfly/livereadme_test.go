//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The quick start of the README does what the README says, typed as it stands there, into a shell,
// by somebody who waits for one thing to happen before he goes on to the next. Only its ports are
// others, for somebody else may have them.
func TestTheQuickStartOfTheReadme(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Logf("This machine has no bash to type commands into: %v", err)
		return
	}
	q := newQuickStart(t)
	_, hasCurl := exec.LookPath("curl")
	for _, command := range q.commands {
		if strings.HasPrefix(command, "curl ") && hasCurl != nil {
			t.Logf("This machine has no curl: left out: %s", command)
			continue
		}
		q.wait(command)
		q.enter(command)
		q.note(command)
	}
	said := q.screen.String()
	require.Contains(t, said, "SAME  a did what it does now, effect for effect.\n")
	if hasCurl == nil {
		require.Contains(t, said, `"kind":"member-dead","member":"c"`)
		require.Contains(t, said, "server "+q.origins[1]+" down;\n")
	}
}

// quickStart is somebody who tries the commands of the README.
type quickStart struct {
	t        *testing.T
	folder   string
	commands []string
	origins  []string   // of the file, "host:port"
	nodes    []*process // that should be up now
	ended    []*process // that should be gone soon
	ill      string     // the origin that should be down
	api      string     // of a node that is not told where
	entered  int
	keyboard io.Writer
	screen   lockedBuffer
}

func newQuickStart(t *testing.T) *quickStart {
	q := &quickStart{t: t, folder: t.TempDir()}
	start, _ := sectionOf(read(t, "README.md"), "### Three nodes and five origins")
	addresses := map[string]string{}
	mapped := func(address string) string {
		if addresses[address] == "" {
			addresses[address] = freeAddress(t)
		}
		return addresses[address]
	}
	start = regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllStringFunc(start, mapped)
	for _, c := range regexp.MustCompile(`(?m)^\$ (.*)$`).FindAllStringSubmatch(start, -1) {
		q.commands = append(q.commands, c[1])
	}
	require.GreaterOrEqual(t, len(q.commands), 7)
	file := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(start)[1]
	require.NoError(t, os.WriteFile(filepath.Join(q.folder, "origins.yaml"), []byte(file), 0o600))
	q.origins = regexp.MustCompile(`127\.0\.0\.1:\d+`).FindAllString(file, -1)
	q.open(mapped("127.0.0.1:7946"), mapped("127.0.0.1:7980"))
	return q
}

// open opens a shell, in which a node that is not told where to listen does so at these addresses.
func (q *quickStart) open(servers, api string) {
	q.api = api
	shell := exec.Command("bash")
	shell.Dir, shell.Stdout, shell.Stderr = q.folder, &q.screen, &q.screen
	shell.Env = append(cleanEnvironment(), "BUTTERFLY_BIND="+servers, "BUTTERFLY_HTTP="+api)
	shell.WaitDelay = patience
	keyboard, err := shell.StdinPipe()
	require.NoError(q.t, err)
	require.NoError(q.t, shell.Start())
	q.keyboard = keyboard
	q.t.Cleanup(func() {
		_ = keyboard.Close()
		_ = shell.Wait()
		if q.t.Failed() {
			q.t.Log(q.screen.String())
		}
	})
	_, err = io.WriteString(keyboard, "trap 'kill -9 $(jobs -p) 2>/dev/null' EXIT\n")
	require.NoError(q.t, err)
}

// enter runs a command, and waits for its end if it is not one for the background.
func (q *quickStart) enter(command string) {
	if strings.HasPrefix(command, "go build ") { // that has been done
		built, err := exec.LookPath("butterfly")
		require.NoError(q.t, err)
		require.NoError(q.t, os.Symlink(built, filepath.Join(q.folder, "butterfly")))
		return
	}
	q.entered++
	mark := fmt.Sprintf("command %d was entered", q.entered)
	_, err := fmt.Fprintf(q.keyboard, "%s\necho '%s'\n", command, mark)
	require.NoError(q.t, err)
	within(q.t, patience, func() error {
		if !strings.Contains(q.screen.String(), mark) {
			return fmt.Errorf("still busy with: %s", command)
		}
		return nil
	})
}

// note keeps in mind what a command has changed.
func (q *quickStart) note(command string) {
	switch {
	case strings.HasPrefix(command, "./butterfly node -name "):
		n := &process{t: q.t, name: valueOf(command, "name"), api: valueOf(command, "http")}
		if n.api == "" {
			n.api = q.api
		}
		q.nodes = append(q.nodes, n)
	case strings.HasPrefix(command, "kill -9 $!"):
		q.nodes = q.nodes[:len(q.nodes)-1]
	case strings.HasPrefix(command, "kill "):
		q.ended, q.nodes = q.nodes, nil
	case strings.Contains(command, " -X PUT -d 503 "):
		q.ill = strings.TrimPrefix(command[strings.LastIndex(command, " ")+1:], "http://")
	}
}

// valueOf returns the value of a flag in a command, empty if it is not there.
func valueOf(command, flag string) string {
	_, rest, _ := strings.Cut(command, " -"+flag+" ")
	value, _, _ := strings.Cut(rest, " ")
	return value
}

// wait waits for what somebody would who looks at things, and not for what is to be started.
func (q *quickStart) wait(command string) {
	q.t.Helper()
	if strings.HasPrefix(command, "curl ") || strings.HasPrefix(command, "kill ") {
		within(q.t, patience, q.unsettled)
	}
	for _, n := range q.ended {
		within(q.t, patience, func() error {
			if n.get("/health") != "" {
				return fmt.Errorf("%s is still there", n.name)
			}
			return nil
		})
	}
}

// unsettled says what is not yet as it should be: each node knows the others, and who checks what.
func (q *quickStart) unsettled() error {
	var names []string
	for _, n := range q.nodes {
		names = append(names, n.name) // in their order
	}
	checkers := map[string]int{}
	for _, n := range q.nodes {
		var here []string
		for _, m := range n.members() {
			if m.State == "alive" || m.State == "suspect" {
				here = append(here, m.Name)
			}
		}
		slices.Sort(here)
		if !slices.Equal(here, names) {
			return fmt.Errorf("%s takes %q to be there, expected %q", n.name, here, names)
		}
		for _, target := range q.origins {
			seen := n.originAt(target)
			if (seen.Status == "unhealthy") != (target == q.ill) || seen.Status == "unknown" {
				return fmt.Errorf("%s takes %s to be %s", n.name, target, seen.Status)
			}
			if seen.Checking {
				checkers[target]++
			}
		}
	}
	for _, target := range q.origins {
		if checkers[target] != 1 {
			return fmt.Errorf("%s is checked by %d nodes", target, checkers[target])
		}
	}
	return nil
}
