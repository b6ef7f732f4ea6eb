package main

import (
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"butterfly/node"
	"butterfly/node/agent"
	livenames "butterfly/node/live/names"
	"butterfly/node/live/record"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// recordLife runs "record FILE [differs|panics]": it records a server alone, by default faithfully,
// else with one effect that it did not have, or with an input at its end that it panics over.
func recordLife(ts *testscript.TestScript, _ bool, args []string) {
	config := agent.DefaultConfig()
	config.Swim.MaxMembers = livenames.Servers
	h := record.Header{
		Build: "another", Name: "alpha", Number: livenames.Number("alpha"), Seed: 1, Capacity: 9,
		Settings: record.Settings{
			Swim: config.Swim, Health: config.Health, Routing: config.Routing, Gossip: config.Gossip,
			JoinGrace: config.JoinGrace, OpenGroup: true,
		},
	}
	d := livenames.NewDirectory(h.Capacity)
	w, err := record.Create(ts.MkAbs(args[0]), h, d, record.DefaultLimits())
	ts.Check(err)
	machine, now := h.Agent(d), clock.Time(1_767_225_600_000_000_000)
	var out node.Out[wire.Message]
	w.Start(now, nil)
	machine.Start(now, nil, &out)
	w.Effects(&out, record.Outcome{})
	for i := range 20 {
		out.Reset()
		now = now.Add(500 * time.Millisecond)
		w.Wake(now, 0)
		machine.Wake(now, 0, &out)
		if i == 7 && len(args) > 1 && args[1] == "differs" {
			out.Save([]byte("what it did not save"))
		}
		w.Effects(&out, record.Outcome{})
	}
	if len(args) > 1 && args[1] == "panics" {
		w.Returned(now, 0, 1, nil, node.OK)
	}
	ts.Check(w.Close())
}
