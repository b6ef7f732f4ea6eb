package live

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/live/probe"
	"butterfly/node/live/record"
	"butterfly/node/swim"
	"butterfly/sim/clock"
)

// Start begins a life: it takes the address, says hello to the seeds, and starts the machine. The
// error says what is wrong with the configuration or its surroundings; nothing is left running
// then. ctx bounds the start and not the life, which [Node.Stop] ends.
func Start(ctx context.Context, config Config) (*Node, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	n, err := newNode(&config)
	if err != nil {
		return nil, err
	}
	err = n.begin(ctx, &config)
	go n.supervise() // not before: what a life that has ended began with is cleared up by then
	if err != nil {
		n.Stop()
		return nil, err
	}
	return n, nil
}

// newNode takes what a node needs of its surroundings, and starts nothing yet.
func newNode(config *Config) (n *Node, err error) {
	lock, err := lockFolder(config.Data)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, lock.release())
		}
	}()
	n = &Node{life: newLife(), lock: lock, done: make(chan struct{}), log: loggerOf(config)}
	d := &driver{
		config: config, log: n.log, clock: newTimepiece(), book: newBook(), life: n.life,
		failed: n.fail, directory: names.NewDirectory(config.Capacity),
		requests: make(chan request, maxRequests), questions: make(chan func(), maxQuestions),
		ends: newMailbox[ended](), results: newMailbox[probed](), alarms: newAlarms(),
		members: map[node.ID]*member{}, file: config.Origins,
	}
	n.driver = d
	d.metrics = newMetrics(n.levels)
	if d.disk, err = openDisk(config.Data, d.clock.began, n.log); err != nil {
		return nil, err
	}
	d.carrier, err = openCarrier(n.life.context, config.Bind, d.metrics, n.log)
	if err != nil {
		return nil, err
	}
	n.carrier = d.carrier
	n.carrier.answer, n.carrier.greet = n.answer, n.greet
	n.carrier.loses, n.carrier.delay = config.Loses, newDelay(config.Delay)
	d.prober = probe.New(config.Probe)
	return n, nil
}

func loggerOf(config *Config) *slog.Logger {
	if config.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return config.Logger.With("node", config.Name)
}

// begin joins and starts the machine.
func (n *Node) begin(ctx context.Context, config *Config) error {
	d := n.driver
	address, err := config.advertised(n.carrier.bound())
	if err != nil {
		return err
	}
	d.about = names.About{
		Name: config.Name, Address: address.String(), API: config.API, Origins: d.file.Digest(),
	}
	if err := d.about.Validate(); err != nil {
		return fmt.Errorf("live: what others would be told: %w", err)
	}
	n.self = hello{number: config.number(), about: d.about}
	boot, err := d.disk.begin(d.clock.began)
	if err != nil {
		return err
	}
	n.carrier.begin(n.self.number, boot, config.Keyring, n.life)
	header, err := n.configure(config)
	if err != nil {
		return err
	}
	if header.Settings.Swim.Seeds, err = n.join(ctx); err != nil {
		return err
	}
	return n.startMachine(header)
}

// configure is what the machine is made of, but for its seeds.
func (n *Node) configure(config *Config) (h record.Header, err error) {
	d := n.driver
	configured, err := internAll(d.directory, d.file.Entries())
	if err != nil {
		return record.Header{}, fmt.Errorf("live: origins: %w", err)
	}
	tuned := &config.Agent
	h = record.Header{
		Build: config.Build, Name: config.Name, Number: n.self.number, Seed: randomSeed(),
		Capacity: config.Capacity, Settings: record.Settings{
			Swim: tuned.Swim, Health: tuned.Health, Routing: tuned.Routing, Gossip: tuned.Gossip,
			JoinGrace: tuned.JoinGrace, OpenGroup: true,
		},
	}
	for _, r := range configured { // they are the first that have numbers
		h.Settings.Configured = append(h.Settings.Configured, r.definition)
	}
	h.Settings.Health.Definitions = d.directory.TakeNew()
	h.Settings.Swim.MaxMembers, h.Settings.Swim.Seeds = names.Servers, nil
	return h, h.Validate()
}

// startMachine starts the machine and the goroutine that owns it.
func (n *Node) startMachine(header record.Header) error {
	d := n.driver
	if registerer := d.config.Registerer; registerer != nil {
		if err := registerer.Register(d.metrics); err != nil {
			return fmt.Errorf("live: metrics: %w", err)
		}
		n.registered = true
	}
	machine, err := newMachine(header, d.directory, d.config.Record, d.config.RecordLimits)
	if err != nil {
		return err
	}
	d.machine = machine
	d.members[n.self.number] = &member{about: d.about, state: swim.Alive, since: d.clock.began}
	d.feed("start", func(now clock.Time) { d.machine.start(now, d.disk.kept.machine) })
	if err := d.describe(); err != nil {
		return err
	}
	d.life.run(d.run)
	n.log.Info("this node is up", "event", "started", "address", d.about.Address,
		"number", n.self.number, "seeds", len(header.Settings.Swim.Seeds),
		"origins", d.directory.Len(), "keyed", d.config.Keyring.Keyed())
	return nil
}

func randomSeed() uint64 {
	var seed [8]byte
	_, _ = rand.Read(seed[:]) // never fails, by its documentation
	return binary.LittleEndian.Uint64(seed[:])
}
