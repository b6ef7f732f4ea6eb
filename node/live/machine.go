package live

import (
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/live/record"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// machine is the agent, and beside it who writes down all that it is told: each input before it,
// and its effects before anything is done about them.
type machine struct {
	*agent.Agent
	out      node.Out[wire.Message] // of the latest input
	recorder *record.Writer         // nil for none, which takes all that it is told
}

// newMachine makes the machine of a life, which is recorded in a new file if that has a name.
func newMachine(
	h record.Header, d *names.Directory, path string, limits record.Limits,
) (m *machine, err error) {
	m = &machine{}
	if path != "" {
		if m.recorder, err = record.Create(path, h, d, limits); err != nil {
			return nil, err
		}
	}
	m.Agent = h.Agent(d)
	return m, nil
}

func (m *machine) start(now clock.Time, saved []byte) {
	m.recorder.Start(now, saved)
	m.Agent.Start(now, saved, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) receive(now clock.Time, from node.ID, message *wire.Message) {
	m.recorder.Receive(now, from, message)
	m.Agent.Receive(now, from, message, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) wake(now clock.Time, t node.TimerID) {
	m.recorder.Wake(now, t)
	m.Agent.Wake(now, t, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) serve(now clock.Time, from node.ID, request, reply *wire.Message) (served bool) {
	m.recorder.Serve(now, from, request)
	reply.Reset()
	served = m.Agent.Serve(now, from, request, reply, &m.out)
	if served {
		m.note(record.Outcome{Reply: reply})
	} else {
		m.note(record.Outcome{})
	}
	return served
}

// returned ends a call; reply is nil if it failed.
func (m *machine) returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
) {
	m.recorder.Returned(now, from, call, reply, failure)
	m.Agent.Returned(now, from, call, reply, failure, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) probed(now clock.Time, result node.ProbeResult) {
	m.recorder.Probed(now, result)
	m.Agent.Probed(now, result, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) leave(now clock.Time) {
	m.recorder.Leave(now)
	m.Agent.Leave(now, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) register(now clock.Time, r registration) {
	m.recorder.Register(now, r.origin, r.definition)
	m.Agent.Register(now, r.origin, r.definition, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) unregister(now clock.Time, origin uint32) {
	m.recorder.Unregister(now, origin)
	m.Agent.Unregister(now, origin, &m.out)
	m.note(record.Outcome{})
}

func (m *machine) describe(now clock.Time, metadata []byte) error {
	m.recorder.Describe(now, metadata)
	err := m.Agent.Describe(now, metadata, &m.out)
	m.note(record.Outcome{Err: err})
	return err
}

// define has no effects but the number.
func (m *machine) define(d health.Definition) error {
	m.recorder.Define(d)
	number, err := m.Agent.Define(d)
	m.note(record.Outcome{Number: number, Err: err})
	return err
}

// note has the effects of the input written down.
func (m *machine) note(outcome record.Outcome) { m.recorder.Effects(&m.out, outcome) }

// ended reports whether a recording has ended by itself.
func (m *machine) ended() bool { return m.recorder.Full() || m.recorder.Err() != nil }

// close ends the recording, if there is one. The machine goes on without.
func (m *machine) close() error {
	recorder := m.recorder
	m.recorder = nil
	return recorder.Close()
}
