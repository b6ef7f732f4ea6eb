package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live"
	"butterfly/node/live/seal"
	"butterfly/node/live/view"
	"butterfly/scenarios/fidelity"
	"butterfly/sim/rng"
)

// tenant is a live server in this process that is measured.
type tenant struct {
	node     *live.Node
	registry *prometheus.Registry
	events   *view.Subscription
	reading  sync.WaitGroup
}

// lease is how a tenant lives.
type lease struct {
	ID   node.ID
	Seed uint64
	// Bind is where it is reached, and Join where those are through which it joins.
	Bind string
	Join []string
	// Targets are the origins, by number.
	Targets []string
	Period  time.Duration
	Loss    fidelity.Loss
	// Delay is what the server has to add by itself to the way to others; 0 where the kernel does.
	Delay time.Duration
}

// eventRoom is how many events of one server may wait to be read: more than a whole trial has, but
// for clusters that fall apart.
const eventRoom = 1 << 14

// startTenant starts a live server. What it sees is told to saw.
func startTenant(ctx context.Context, l *lease, saw func(fidelity.Seen)) (*tenant, error) {
	config, err := l.live()
	if err != nil {
		return nil, err
	}
	t := &tenant{registry: prometheus.NewRegistry()}
	config.Registerer = t.registry
	if t.node, err = live.Start(ctx, config); err != nil {
		return nil, err
	}
	t.events = t.node.Subscribe(eventRoom)
	t.reading.Go(func() { t.read(l, saw) })
	return t, nil
}

// live is the configuration of the server. Its number is the same as in the simulation but for one,
// as numbers of live servers begin with 1: so its messages are as long.
func (l *lease) live() (live.Config, error) {
	config := live.DefaultConfig()
	config.Name, config.Number = serverName(l.ID), l.ID+1
	config.Bind, config.Join = l.Bind, l.Join
	common := fidelity.Config{Period: l.Period}
	config.Origins, config.Capacity = originsFileOf(l.Targets, common.Check()), len(l.Targets)
	config.Agent = common.Machine()
	config.Delay = l.Delay
	if l.Loss.Share > 0 && !l.Loss.Streams {
		luck := rng.Stream(l.Seed, "fidelity-loss", uint64(l.ID))
		config.Loses = func() bool { return l.Loss.Share.Hit(&luck) }
	}
	var err error
	config.Keyring, err = fidelityKeys()
	return config, err
}

// fidelityKeys is what all servers seal with. The key is no secret: nothing is to be kept here.
func fidelityKeys() (*seal.Keyring, error) {
	return seal.NewKeyring("fidelity", [][]byte{make([]byte, seal.KeyBytes)})
}

func serverName(id node.ID) string { return "server-" + strconv.Itoa(int(id)) }

// read passes on what the server sees, until it is no more.
func (t *tenant) read(l *lease, saw func(fidelity.Seen)) {
	numbers := make(map[string]uint32, len(l.Targets))
	for number, target := range l.Targets {
		numbers[target] = uint32(number)
	}
	pass := func() {
		events, _ := t.events.Take()
		for i := range events {
			if e, measured := translate(&events[i], numbers); measured {
				saw(fidelity.Seen{At: instant(events[i].At), Server: l.ID, Event: e})
			}
		}
	}
	for {
		select {
		case <-t.events.News():
			pass()
		case <-t.node.Done():
			pass()
			return
		}
	}
}

// translate returns an event in the words and numbers of the simulation, if anything is measured by
// it.
func translate(shown *view.Event, numbers map[string]uint32) (e node.Event, measured bool) {
	switch shown.Kind {
	case node.MemberDead.String():
		e.Kind = node.MemberDead
		_, err := fmt.Sscanf(shown.Member, "server-%d", &e.Subject)
		return e, err == nil
	case node.HealthChanged.String():
		e.Kind = node.HealthChanged
	case node.Believed.String():
		e.Kind = node.Believed
	default:
		return e, false
	}
	e.Subject, measured = numbers[shown.Target]
	for _, status := range []health.Status{health.Healthy, health.Unhealthy} {
		if shown.Detail == status.String() {
			e.A = uint64(status)
		}
	}
	return e, measured
}

// traffic implements [resident].
func (t *tenant) traffic() (sum fidelity.Traffic, err error) {
	families, err := t.registry.Gather()
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			value := int(metric.GetCounter().GetValue())
			sent := len(metric.GetLabel()) > 0 && metric.GetLabel()[0].GetValue() == "out"
			switch name := family.GetName(); {
			case name == "butterfly_datagrams_total" && sent:
				sum.Datagrams += value
			case name == "butterfly_datagram_bytes_total" && sent:
				sum.DatagramBytes += value
			case name == "butterfly_calls_total":
				sum.Calls += value
			case name == "butterfly_request_bytes_total":
				sum.CallBytes += value
			}
		}
	}
	return sum, err
}

// kill implements [resident].
func (t *tenant) kill() {
	t.node.Stop()
	t.reading.Wait()
	t.events.Close()
}
