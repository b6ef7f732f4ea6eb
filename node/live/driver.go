package live

import (
	"errors"
	"log/slog"
	"time"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/live/probe"
	"butterfly/node/live/spec"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// driver is the machine, and all that belongs to its one goroutine.
type driver struct {
	config    *Config
	log       *slog.Logger
	clock     timepiece
	machine   *machine
	directory *names.Directory
	prober    *probe.Prober
	disk      *disk
	carrier   *carrier
	book      *book
	metrics   *metrics
	life      *life
	failed    func(error) // ends the node

	// Inputs that wait for their turn, beside the datagrams in the carrier's ring.
	requests  chan request
	ends      *mailbox[ended]
	results   *mailbox[probed]
	questions chan func()

	message wire.Message // that the input being handled brings
	reply   wire.Message // that it asks for
	encoded []byte       // the message being sent
	frame   datagram     // being handled
	alarms  alarms
	calling int // calls that have not returned

	members  map[node.ID]*member
	pasts    []past // by origin
	watchers watchers
	file     spec.Origins // the node's own origins
	about    names.About  // what the node says of itself
	lacking  bool         // a member may lack origins of the file
	leaving  bool
	lost     bool // the machine takes its network to be down

	complained clock.Time // when it was last said that this node is full
}

const (
	// maxQuestions is how many questions of the API wait at most; who asks more waits longer.
	maxQuestions = 64
	// maxCalls is how many calls are under way at most; one more fails as if nobody answered.
	maxCalls = 128
)

// run lives: it feeds the machine with all that comes, one input at a time, until the life ends.
func (d *driver) run() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	defer d.closeRecording()
	for d.life.context.Err() == nil {
		d.wake()
		d.contribute()
		d.watchRecording()
		d.arm(timer)
		select {
		case <-d.life.context.Done():
		case <-timer.C:
		case <-d.carrier.received.news:
			d.receiveAll()
		case r := <-d.requests:
			d.serve(r)
		case <-d.ends.news:
			d.returnAll()
		case <-d.results.news:
			d.takeResults()
		case ask := <-d.questions:
			ask()
		}
	}
}

// watchRecording says when a recording ends before the life does.
func (d *driver) watchRecording() {
	if d.machine.ended() {
		d.log.Warn("the recording has ended: it is as large as it may be, or cannot be written",
			"event", "recording-ended", "file", d.config.Record)
		d.closeRecording()
	}
}

func (d *driver) closeRecording() {
	if err := d.machine.close(); err != nil {
		d.log.Error("the recording is not whole", "event", "recording-failed", "error", err)
	}
}

// arm has the timer go off when the next alarm is due. An alarm is never early: one that is due a
// moment later by the time it is looked at is armed once more.
func (d *driver) arm(timer *time.Timer) {
	at, _ := d.alarms.next()
	if at == clock.Never {
		timer.Stop()
		return
	}
	timer.Reset(max(0, at.Sub(d.clock.now())))
}

// feed gives the machine an input and carries out the effects.
func (d *driver) feed(kind string, input func(now clock.Time)) {
	now := d.clock.now()
	input(now)
	d.carryOut(now)
	d.metrics.input(kind, d.clock.now().Sub(now))
}

// wake lets the alarms go off that are due, each once.
func (d *driver) wake() {
	for range node.MaxTimers {
		t, due := d.alarms.take(d.clock.now())
		if !due {
			return
		}
		d.feed("alarm", func(now clock.Time) { d.machine.wake(now, t) })
	}
}

// receiveAll gives the machine the datagrams that wait, as many as there may be: alarms come first.
func (d *driver) receiveAll() {
	for range maxWaiting {
		if !d.carrier.received.take(&d.frame) {
			return
		}
		d.receive()
		d.wake()
	}
	signal(d.carrier.received.news)
}

func (d *driver) receive() {
	from, plain, opened := d.carrier.open(&d.frame)
	if !opened {
		return
	}
	d.book.meet(from, d.frame.from)
	if err := d.parse(plain); err != nil {
		d.metrics.drop("message")
		d.complain("datagram", err)
		return
	}
	d.feed("datagram", func(now clock.Time) { d.machine.receive(now, from, &d.message) })
}

// parse decodes a message in this node's numbers, and tells the machine of definitions that are
// new.
func (d *driver) parse(plain []byte) error {
	d.message.Reset()
	if err := d.directory.ParseMessage(plain, &d.message); err != nil {
		return err
	}
	return d.define()
}

// complainEvery is how long a node that is full says nothing more about it.
const complainEvery = time.Minute

// complain says in the log that something was refused. That this node lacks room is for people to
// know: it hears no news any more.
func (d *driver) complain(what string, err error) {
	if !errors.Is(err, names.ErrFull) {
		d.log.Debug("what a server said made no sense", "event", what+"-refused", "error", err)
		return
	}
	if now := d.clock.now(); now.Sub(d.complained) >= complainEvery {
		d.complained = now
		d.log.Error("there is no room for the origins that others know: raise the capacity",
			"event", "full", "capacity", d.config.Capacity, "error", err)
	}
}

// define tells the machine of definitions that have got a number.
func (d *driver) define() error {
	for _, definition := range d.directory.TakeNew() {
		if err := d.machine.define(definition); err != nil {
			return err // of one that cannot be registered by either
		}
	}
	return nil
}

// request is one of another server that waits for an answer.
type request struct {
	from   node.ID
	bytes  []byte
	answer chan<- answer
}

// answer is that of the machine; not served is no answer.
type answer struct {
	bytes  []byte
	served bool
}

func (d *driver) serve(r request) {
	var a answer
	if err := d.parse(r.bytes); err != nil {
		d.complain("request", err)
		r.answer <- a
		return
	}
	d.feed("request", func(now clock.Time) {
		if a.served = d.machine.serve(now, r.from, &d.message, &d.reply); a.served {
			a.bytes = d.directory.AppendMessage(nil, &d.reply)
		}
	})
	r.answer <- a
}

// ended is a call that has returned.
type ended struct {
	to    node.ID
	call  node.CallID
	reply []byte
	err   error
}

func (d *driver) returnAll() {
	for _, e := range d.ends.take() {
		d.end(&e)
		d.wake()
	}
}

// end ends a call. An answer that makes no sense is as good as a refusal.
func (d *driver) end(e *ended) {
	d.calling--
	failure := failureOf(e.err)
	if failure == node.OK {
		if err := d.parse(e.reply); err != nil {
			d.complain("answer", err)
			failure = node.Refused
		}
	}
	d.metrics.calls.WithLabelValues(failure.String()).Inc()
	d.feed("returned", func(now clock.Time) {
		reply := &d.message
		if failure != node.OK {
			reply = nil
		}
		d.machine.returned(now, e.to, e.call, reply, failure)
	})
}

// probed is how a probe ended.
type probed struct {
	probe  node.Probe
	report probe.Report
}

func (d *driver) takeResults() {
	for _, p := range d.results.take() {
		d.takeResult(&p)
		d.wake()
	}
}

func (d *driver) takeResult(p *probed) {
	d.metrics.probes.WithLabelValues(p.report.Outcome.String()).Inc()
	d.noteProbe(p)
	result := node.ProbeResult{
		Token: p.probe.Token, Origin: p.probe.Origin, Outcome: p.report.Outcome,
	}
	d.feed("probed", func(now clock.Time) { d.machine.probed(now, result) })
}
