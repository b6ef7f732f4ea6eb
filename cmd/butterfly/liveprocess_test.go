//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// process is one node, in one of its lives.
type process struct {
	t            *testing.T
	folder, name string
	flags        []string
	environment  []string // beside that of the tests
	servers, api string   // addresses
	command      *exec.Cmd
	out          io.Reader
	end          func() error // waits for the end, with how it was
}

// start runs "butterfly node" and waits until it is up.
func (p *process) start() {
	p.t.Helper()
	p.launch()
	p.greet()
}

// launch runs "butterfly node".
func (p *process) launch() {
	p.t.Helper()
	p.command = exec.Command("livenode", p.flags...)
	p.command.Dir, p.command.Env = p.folder, append(cleanEnvironment(), p.environment...)
	log, err := os.OpenFile(p.logFile(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(p.t, err)
	defer func() { require.NoError(p.t, log.Close()) }()
	p.command.Stderr = log
	p.out, err = p.command.StdoutPipe()
	require.NoError(p.t, err)
	require.NoError(p.t, p.command.Start())
	command := p.command
	p.end = sync.OnceValue(command.Wait)
	end := p.end
	p.t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = end()
		if p.t.Failed() {
			p.t.Logf("log of %s:\n%s", p.name, p.log())
		}
	})
}

// greet waits for the line that says where to look.
func (p *process) greet() {
	p.t.Helper()
	greeting, _ := bufio.NewReader(p.out).ReadString('\n')
	require.Regexp(p.t, `^Node \S+ is up, for other servers at \S+; look at http://\S+\n$`, greeting,
		"%s", p.log())
}

// cleanEnvironment has nothing in it that sets a flag.
func cleanEnvironment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "BUTTERFLY_")
	})
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	require.NoError(p.t, p.command.Process.Signal(s))
}

// kill ends the process without a word.
func (p *process) kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	require.Error(p.t, p.end())
}

// leave asks the process to end, and demands that it says all is well.
func (p *process) leave() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	require.NoError(p.t, p.end(), "%s:\n%s", p.name, p.log())
}

func (p *process) logFile() string { return filepath.Join(p.folder, p.name+".log") }

func (p *process) log() string {
	text, err := os.ReadFile(p.logFile())
	require.NoError(p.t, err)
	return string(text)
}
