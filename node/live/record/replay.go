package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// Result is what came of a replay.
type Result struct {
	// Inputs is how many inputs had the same effects as when they were recorded.
	Inputs uint64
	// From is the time of the first input, and To that of the last.
	From, To clock.Time
	// End is how the recording ends. It says nothing after a Difference.
	End End
	// Difference is the first input whose effects are not those recorded; nil if there is none.
	Difference *Step
	// Last is the input that the recording ends with before it says what came of it; nil if there is
	// none. The recorded process died in it, or before it could write that down. If it panics here
	// too, that is why.
	Last *Step
}

// Step is one input and what came of it.
type Step struct {
	// Input is its number, counted from 1, and At its time.
	Input uint64
	At    clock.Time
	// What is the input in words.
	What string
	// Effects are, one each, what came of it now, in words.
	Effects []string
	// Panic is what the machine panicked with; empty if it did not.
	Panic string
}

// Replay feeds a recording to a machine as its header says, and compares the effects. It calls
// progress, unless it is nil, with the number of inputs every few thousand of them, and ends if
// that returns an error. Any other error is about the recording: a file that is not what was
// written.
func Replay(r *Reader, progress func(inputs uint64) error) (Result, error) {
	p := newPlayer(r)
	for {
		body, err := r.next()
		if err == io.EOF {
			return p.finish(r.end), nil
		}
		if err == nil {
			err = p.play(body)
			err = located(r, err)
		}
		if err != nil {
			return Result{}, err
		}
		if p.result.Difference != nil {
			return p.result, nil
		}
		if progress != nil && body[0] == tagEffects && p.result.Inputs%progressInputs == 0 {
			if err := progress(p.result.Inputs); err != nil {
				return Result{}, err
			}
		}
	}
}

const progressInputs = 4096

func located(r *Reader, err error) error {
	if err == nil {
		return nil
	}
	return r.locate(err)
}

// player is a machine on its way through a recording.
type player struct {
	directory *names.Directory
	machine   *agent.Agent
	out       node.Out[wire.Message]
	message   wire.Message // of the input
	reply     wire.Message
	chain     chain
	started   bool
	last      input
	pending   bool // what came of the last input has not been compared
	outcome   Outcome
	panicked  string
	result    Result
}

func newPlayer(r *Reader) *player {
	d := names.NewDirectory(r.header.Capacity)
	return &player{directory: d, machine: r.header.Agent(d)}
}

// play takes a record.
func (p *player) play(body []byte) error {
	switch body[0] {
	case tagOrigin:
		return p.playOrigin(body[1:])
	case tagEffects:
		return p.playEffects(body[1:])
	}
	if p.pending {
		return errors.New("an input, expected what came of the one before it")
	}
	p.message.Reset()
	in, err := parseInput(body, p.last.at, &p.message)
	if err != nil {
		return err
	}
	if p.started == (in.kind == start) {
		return errors.New("expected one start, and that first")
	}
	p.playInput(in)
	return nil
}

func (p *player) playOrigin(b []byte) error {
	name, err := parseOrigin(b)
	if err != nil {
		return err
	}
	before := p.directory.Len()
	if _, err := p.directory.Origin(name); err != nil {
		return err
	}
	if p.directory.Len() == before {
		return fmt.Errorf("origin %v, expected one that has no number yet", name)
	}
	return nil
}

// playInput gives the machine an input.
func (p *player) playInput(in input) {
	if in.kind == start {
		p.started, p.result.From = true, in.at
	}
	p.last, p.result.To = in, in.at
	p.pending = true
	p.out.Reset()
	p.outcome, p.panicked = Outcome{}, ""
	defer func() {
		if cause := recover(); cause != nil {
			p.panicked = fmt.Sprint(cause)
		}
	}()
	p.outcome = p.deliver(&p.last)
}

func (p *player) deliver(in *input) (o Outcome) {
	m, out := p.machine, &p.out
	switch in.kind {
	case start:
		m.Start(in.at, in.bytes, out)
	case receive:
		m.Receive(in.at, in.from, in.message, out)
	case wake:
		m.Wake(in.at, in.timer, out)
	case serve:
		p.reply.Reset()
		if m.Serve(in.at, in.from, in.message, &p.reply, out) {
			o.Reply = &p.reply
		}
	case returned:
		m.Returned(in.at, in.from, in.call, in.message, in.failure, out)
	case probed:
		m.Probed(in.at, in.result, out)
	case leave:
		m.Leave(in.at, out)
	case register:
		m.Register(in.at, in.origin, in.definition, out)
	case unregister:
		m.Unregister(in.at, in.origin, out)
	case define:
		o.Number, o.Err = m.Define(in.defined)
	case describe:
		o.Err = m.Describe(in.at, in.bytes, out)
	}
	return o
}

// playEffects compares what came of the last input with what the recording has.
func (p *player) playEffects(b []byte) error {
	if !p.pending || len(b) != 4 {
		return errRecord
	}
	if p.panicked != "" || p.chain.fold(&p.out, p.outcome) != binary.BigEndian.Uint32(b) {
		p.result.Difference = p.step()
		return nil
	}
	p.result.Inputs++
	p.pending = false
	return nil
}

// finish returns the result at the end of the recording.
func (p *player) finish(end End) Result {
	p.result.End = end
	if p.pending {
		p.result.Last = p.step()
	}
	return p.result
}

// step puts the last input into words.
func (p *player) step() *Step {
	return &Step{
		Input: p.result.Inputs + 1, At: p.last.at, What: p.last.words(p.directory),
		Effects: effectWords(p.directory, p.last.at, &p.out, p.outcome), Panic: p.panicked,
	}
}
