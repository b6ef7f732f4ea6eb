package record

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// stage drives servers by hand, as a live driver does, on a clock of its own: each has numbers of its
// own for origins, and what they say to each other is encoded.
type stage struct {
	t     testing.TB
	now   clock.Time
	hosts []*host
	queue []func()
}

// host is one server. The first of a stage is recorded.
type host struct {
	stage     *stage
	header    Header
	directory *names.Directory
	machine   *agent.Agent
	writer    *Writer // nil for those that are not recorded
	out       node.Out[wire.Message]
	alarms    [node.MaxTimers]clock.Time
	down      map[string]bool // by target
}

// epoch is what live clocks begin at: Unix time.
const epoch = clock.Time(1_767_225_600_000_000_000)

func headerOf(server string) Header {
	d := agent.DefaultConfig()
	d.Swim.Seeds = []node.ID{names.Number("alpha"), names.Number("beta")}
	d.Swim.MaxMembers = names.Servers
	return Header{
		Build: "test", Name: server, Number: names.Number(server), Seed: 7, Capacity: 50,
		Settings: Settings{
			Swim: d.Swim, Routing: d.Routing, Gossip: d.Gossip, JoinGrace: time.Second, OpenGroup: true,
			Health: health.Config{RankWait: d.Health.RankWait},
		},
	}
}

// newStage returns two servers, of which the first is recorded at path, with origins in orders of
// their own.
func newStage(t testing.TB, path string, limits Limits) *stage {
	s := &stage{t: t, now: epoch}
	for i, server := range []string{"alpha", "beta"} {
		h := &host{stage: s, header: headerOf(server), down: map[string]bool{}}
		h.directory = names.NewDirectory(h.header.Capacity)
		for o := range 8 {
			target := fmt.Sprintf("10.0.0.%d:80", 1+(o*(1+2*i))%8)
			number, err := h.directory.Origin(names.Origin{Service: "web", Target: target})
			require.NoError(t, err)
			require.Equal(t, uint32(o), number)
			h.header.Settings.Configured = append(h.header.Settings.Configured, 0)
		}
		_, err := h.directory.Definition("web", health.DefaultDefinition())
		require.NoError(t, err)
		h.header.Settings.Health.Definitions = h.directory.TakeNew()
		if i == 0 {
			h.writer, err = Create(path, h.header, h.directory, limits)
			require.NoError(t, err)
		}
		h.machine = h.header.Agent(h.directory)
		for timer := range h.alarms {
			h.alarms[timer] = clock.Never
		}
		s.hosts = append(s.hosts, h)
	}
	return s
}

// play records a life: two servers find each other, origins fail, one is registered and removed,
// one server says something else of itself, and leaves.
func (s *stage) play() {
	alpha, beta := s.hosts[0], s.hosts[1]
	alpha.start()
	beta.start()
	s.advance(3 * time.Second)
	for i := range 5 {
		target := fmt.Sprintf("10.0.0.%d:80", 1+i)
		alpha.down[target], beta.down[target] = true, true
	}
	s.advance(5 * time.Second)
	number, err := beta.directory.Origin(names.Origin{Service: "api", Target: "a:1"})
	require.NoError(s.t, err)
	by, err := beta.directory.Definition("api", health.DefaultDefinition())
	require.NoError(s.t, err)
	beta.define()
	beta.machine.Register(s.now, number, by, &beta.out)
	beta.carryOut()
	s.advance(3 * time.Second)
	alpha.describe([]byte("another"))
	known, found := alpha.directory.Find(names.Origin{Service: "api", Target: "a:1"})
	require.True(s.t, found, "the registration has spread")
	alpha.register(known, 0)
	alpha.unregister(known)
	s.advance(2 * time.Second)
	alpha.leave()
	s.advance(time.Second)
}

// advance plays for a while.
func (s *stage) advance(d time.Duration) {
	for end := s.now.Add(d); ; {
		h, timer := s.earliest()
		if h == nil || h.alarms[timer] > end {
			s.now = end
			return
		}
		s.now = max(s.now, h.alarms[timer])
		h.alarms[timer] = clock.Never
		h.wake(timer)
		for len(s.queue) > 0 {
			act := s.queue[0]
			s.queue = s.queue[1:]
			act()
		}
	}
}

func (s *stage) earliest() (next *host, timer node.TimerID) {
	at := clock.Never
	for _, h := range s.hosts {
		for t, alarm := range h.alarms {
			if alarm < at {
				next, timer, at = h, node.TimerID(t), alarm
			}
		}
	}
	return next, timer
}

func (s *stage) find(id node.ID) *host {
	for _, h := range s.hosts {
		if h.header.Number == id {
			return h
		}
	}
	return nil
}

// input records an input, if the host is recorded, gives it to the machine, and carries out what came
// of it.
func (h *host) input(tell func(*Writer), do func() Outcome) {
	if h.writer != nil {
		tell(h.writer)
	}
	outcome := do()
	if h.writer != nil {
		h.writer.Effects(&h.out, outcome)
	}
	h.carryOut()
}

func (h *host) start() {
	now := h.stage.now
	h.input(func(w *Writer) { w.Start(now, nil) }, func() (o Outcome) {
		h.machine.Start(now, nil, &h.out)
		return o
	})
}

func (h *host) wake(timer node.TimerID) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Wake(now, timer) }, func() (o Outcome) {
		h.machine.Wake(now, timer, &h.out)
		return o
	})
}

func (h *host) leave() {
	now := h.stage.now
	h.input(func(w *Writer) { w.Leave(now) }, func() (o Outcome) {
		h.machine.Leave(now, &h.out)
		return o
	})
}

func (h *host) describe(metadata []byte) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Describe(now, metadata) }, func() Outcome {
		return Outcome{Err: h.machine.Describe(now, metadata, &h.out)}
	})
}

func (h *host) register(o uint32, definition uint16) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Register(now, o, definition) }, func() (r Outcome) {
		h.machine.Register(now, o, definition, &h.out)
		return r
	})
}

func (h *host) unregister(o uint32) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Unregister(now, o) }, func() (r Outcome) {
		h.machine.Unregister(now, o, &h.out)
		return r
	})
}

// define tells the machine of definitions that the directory has learned.
func (h *host) define() {
	for _, d := range h.directory.TakeNew() {
		if h.writer != nil {
			h.writer.Define(d)
		}
		number, err := h.machine.Define(d)
		require.NoError(h.stage.t, err)
		if h.writer != nil {
			h.writer.Effects(&h.out, Outcome{Number: number})
		}
	}
}

// hear returns a message in numbers of h.
func (h *host) hear(encoded []byte) *wire.Message {
	m := new(wire.Message)
	require.NoError(h.stage.t, h.directory.ParseMessage(encoded, m))
	h.define()
	return m
}

func (h *host) receive(from node.ID, encoded []byte) {
	now, m := h.stage.now, h.hear(encoded)
	h.input(func(w *Writer) { w.Receive(now, from, m) }, func() (o Outcome) {
		h.machine.Receive(now, from, m, &h.out)
		return o
	})
}

// serve returns the encoding of the reply.
func (h *host) serve(from node.ID, encoded []byte) (answer []byte) {
	now, request, reply := h.stage.now, h.hear(encoded), new(wire.Message)
	h.input(func(w *Writer) { w.Serve(now, from, request) }, func() (o Outcome) {
		if h.machine.Serve(now, from, request, reply, &h.out) {
			o.Reply = reply
			answer = h.directory.AppendMessage(nil, reply)
		}
		return o
	})
	return answer
}

func (h *host) returned(from node.ID, call node.CallID, encoded []byte) {
	now, failure, reply := h.stage.now, node.Timeout, (*wire.Message)(nil)
	if encoded != nil {
		failure, reply = node.OK, h.hear(encoded)
	}
	h.input(func(w *Writer) { w.Returned(now, from, call, reply, failure) }, func() (o Outcome) {
		h.machine.Returned(now, from, call, reply, failure, &h.out)
		return o
	})
}

func (h *host) probe(p node.Probe) {
	now, result := h.stage.now, node.ProbeResult{Token: p.Token, Origin: p.Origin, Outcome: node.Succeeded}
	if h.down[h.directory.Name(p.Origin).Target] {
		result.Outcome = node.Failed
	}
	h.input(func(w *Writer) { w.Probed(now, result) }, func() (o Outcome) {
		h.machine.Probed(now, result, &h.out)
		return o
	})
}

// carryOut queues what the machine has asked for.
func (h *host) carryOut() {
	out, s, self := &h.out, h.stage, h.header.Number
	for i := range out.Sends {
		to, b := s.find(out.Sends[i].To), h.directory.AppendMessage(nil, &out.Sends[i].Message)
		s.queue = append(s.queue, func() { to.receive(self, b) })
	}
	for i := range out.Calls {
		c := &out.Calls[i]
		to, id, b := s.find(c.To), c.ID, h.directory.AppendMessage(nil, &c.Message)
		s.queue = append(s.queue, func() {
			h.returned(to.header.Number, id, to.serve(self, b))
		})
	}
	for _, p := range out.Probes {
		s.queue = append(s.queue, func() { h.probe(p) })
	}
	for t, set := out.NextAlarm(0); set; t, set = out.NextAlarm(t + 1) {
		h.alarms[t], _ = out.Alarmed(t)
	}
	out.Reset()
}

// recorded returns the path of a recorded life, closed.
func recorded(t testing.TB, limits Limits) (path string) {
	path = filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, limits)
	s.play()
	require.NoError(t, s.hosts[0].writer.Close())
	return path
}

// replayed returns what came of replaying a recording.
func replayed(t testing.TB, path string) (Result, error) {
	r, err := Open(path)
	if err != nil {
		return Result{}, err
	}
	defer r.Close()
	result, err := Replay(r, nil)
	if err != nil {
		require.Zero(t, result)
	}
	return result, err
}
