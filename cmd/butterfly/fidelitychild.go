package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/fidelity"
)

// childCommand is what a process is started with that is one live server of a comparison. It reads
// its lease from stdin, and a line for each time its traffic is asked for; it writes a [childWord]
// a line.
const childCommand = "fidelity-server"

// childWord is what a child says: one of these.
type childWord struct {
	Ready   bool              `json:"ready,omitempty"`
	Failed  string            `json:"failed,omitempty"`
	Seen    *fidelity.Seen    `json:"seen,omitempty"`
	Traffic *fidelity.Traffic `json:"traffic,omitempty"`
}

func (a *app) fidelityServerCommand() *cli.Command {
	return &cli.Command{
		Name: childCommand, Hidden: true, Action: a.serveFidelity,
		Usage: "be one live server of a comparison, which starts this by itself",
	}
}

// serveFidelity lives until it is killed, or stdin ends: then whoever started it is no more.
func (a *app) serveFidelity(ctx context.Context, _ *cli.Command) error {
	var saying sync.Mutex
	say := func(w childWord) {
		saying.Lock()
		defer saying.Unlock()
		_ = a.printJSON(w) // who does not listen any more has ended
	}
	in := bufio.NewReader(os.Stdin)
	t, err := a.moveIn(ctx, in, func(e fidelity.Seen) { say(childWord{Seen: &e}) })
	if err != nil {
		say(childWord{Failed: err.Error()})
		return endWith(exitHarness, "%v", err)
	}
	defer t.kill()
	say(childWord{Ready: true})
	for {
		if _, err := in.ReadString('\n'); err != nil {
			return nil
		}
		traffic, err := t.traffic()
		if err != nil {
			say(childWord{Failed: err.Error()})
			return endWith(exitHarness, "%v", err)
		}
		say(childWord{Traffic: &traffic})
	}
}

// moveIn reads the lease and starts the server.
func (a *app) moveIn(
	ctx context.Context, in *bufio.Reader, saw func(fidelity.Seen),
) (*tenant, error) {
	line, err := in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%s is started by butterfly fidelity, and not by hand: %w",
			childCommand, err)
	}
	var l lease
	if err := json.Unmarshal(line, &l); err != nil {
		return nil, err
	}
	return startTenant(ctx, &l, saw)
}

// child is a live server in a process of its own.
type child struct {
	process *exec.Cmd
	in      io.WriteCloser
	reading sync.WaitGroup
	began   chan error // gets what came of its start
	counted chan fidelity.Traffic
	gone    chan struct{} // closed when it says nothing any more
}

// startChild starts a process with the command before it that puts it where it belongs.
func startChild(
	ctx context.Context, before []string, l *lease, saw func(fidelity.Seen),
) (*child, error) {
	self, err := ownCommand()
	if err != nil {
		return nil, err
	}
	arguments := append(append([]string{}, before...), self, childCommand)
	c := &child{
		process: exec.Command(arguments[0], arguments[1:]...), began: make(chan error, 1),
		counted: make(chan fidelity.Traffic, 1), gone: make(chan struct{}),
	}
	c.process.Stderr = os.Stderr
	ownGroup(c.process)
	out, errOut := c.process.StdoutPipe()
	in, errIn := c.process.StdinPipe()
	if err := errors.Join(errOut, errIn); err != nil {
		return nil, err
	}
	c.in = in
	if err := c.process.Start(); err != nil {
		return nil, err
	}
	c.reading.Go(func() { c.read(out, saw) })
	if err := c.begin(ctx, l); err != nil {
		c.kill()
		return nil, err
	}
	return c, nil
}

// ownCommand is where this command is: as it was started, or where the system says.
func ownCommand() (string, error) {
	if path, err := exec.LookPath(os.Args[0]); err == nil {
		return filepath.Abs(path)
	}
	return os.Executable()
}

// begin gives the child its lease and waits until it has moved in.
func (c *child) begin(ctx context.Context, l *lease) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if _, err := c.in.Write(append(text, '\n')); err != nil {
		return err
	}
	select {
	case err := <-c.began:
		return err
	case <-c.gone:
		return errors.New("the process ended at once")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read takes what the child says.
func (c *child) read(out io.Reader, saw func(fidelity.Seen)) {
	defer close(c.gone)
	words := json.NewDecoder(out)
	for {
		var w childWord
		if err := words.Decode(&w); err != nil {
			return // it is no more
		}
		switch {
		case w.Seen != nil:
			saw(*w.Seen)
		case w.Traffic != nil:
			c.counted <- *w.Traffic
		case w.Ready:
			c.began <- nil
		case w.Failed != "":
			c.began <- errors.New(w.Failed)
		}
	}
}

// traffic implements [resident].
func (c *child) traffic() (fidelity.Traffic, error) {
	if _, err := io.WriteString(c.in, "traffic\n"); err != nil {
		return fidelity.Traffic{}, err
	}
	select {
	case t := <-c.counted:
		return t, nil
	case <-c.gone:
		return fidelity.Traffic{}, errors.New("the process has ended")
	}
}

// kill implements [resident]: SIGKILL, as the kernel does it when there is no memory left.
func (c *child) kill() {
	_ = c.process.Process.Kill() // it may have ended by itself
	c.reading.Wait()
	_ = c.process.Wait() // of the kill, again
}
