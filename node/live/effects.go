package live

import (
	"context"
	"errors"

	"butterfly/node"
	"butterfly/node/live/probe"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// carryOut carries out what the machine asked for: durable state first, for what is sent may rely
// on it, then events, which say where others are.
func (d *driver) carryOut(now clock.Time) {
	out := &d.machine.out
	if out.HasSave {
		d.save(out.Saved)
	}
	for _, e := range out.Events {
		d.observe(now, e)
	}
	d.alarms.set(out)
	for i := range out.Sends {
		d.send(&out.Sends[i])
	}
	for i := range out.Calls {
		d.call(&out.Calls[i])
	}
	for _, p := range out.Probes {
		d.probe(p)
	}
	out.Reset()
}

// save keeps the machine's state. The machine is not told if that fails: it may find an earlier
// state when it starts again.
func (d *driver) save(saved []byte) {
	if err := d.disk.save(saved); err != nil {
		d.log.Error("the state could not be saved", "event", "save-failed", "error", err)
	}
}

func (d *driver) send(s *node.Send[wire.Message]) {
	to := d.book.address(s.To)
	if !to.IsValid() {
		d.metrics.drop("no-address")
		return
	}
	d.encoded = d.directory.AppendMessage(d.encoded[:0], &s.Message)
	d.carrier.send(to, d.encoded)
}

var errNoWay = errors.New("live: no address, or too many calls")

// call begins a call, which ends in the mailbox, whatever happens.
func (d *driver) call(c *node.Call[wire.Message]) {
	e := ended{to: c.To, call: c.ID, err: errNoWay}
	address := d.book.address(c.To)
	d.calling++
	if !address.IsValid() || d.calling > maxCalls {
		d.ends.put(e)
		return
	}
	question, timeout := d.directory.AppendMessage(nil, &c.Message), c.Timeout
	d.life.run(func() {
		ctx, cancel := context.WithTimeout(d.life.context, timeout)
		defer cancel()
		e.reply, e.err = d.carrier.call(ctx, e.to, address, callPath, question)
		d.ends.put(e)
	})
}

// probe begins a probe, the result of which ends in the mailbox.
func (d *driver) probe(p node.Probe) {
	number, known := d.machine.Known(p.Origin)
	if !known { // it was forgotten by the same input that asked for the probe
		d.results.put(probed{probe: p})
		return
	}
	_, definition := d.directory.DefinitionOf(number)
	target := d.directory.Name(p.Origin).Target
	d.prober.Start(target, definition, p.Timeout, func(r probe.Report) {
		d.results.put(probed{p, r})
	})
}
