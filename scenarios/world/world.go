package world

import (
	"fmt"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// World is one universe in the making.
type World[M any] struct {
	spec      Spec[M]
	kernel    *sim.Kernel[M]
	network   *netmodel.Net
	hosts     []host[M]
	origins   origins
	faults    []fault
	addresses *addresses // nil while no fault of the plan moves a host
	uplinks   []int      // the faults of uplinks in force, by index
	observe   observers
	priority  *priorities // nil without a schedule
	coverage  *coverage   // nil unless asked for
	step      sim.Step[M]
	out       node.Out[M]
	reply     M      // what Serve fills in
	decoded   M      // what the codec decodes into
	wire      []byte // what the codec encodes into
	traffic   traffic
	outsiders outsiders
	passed    int   // damaged datagrams that passed for messages, but for the checksum
	refused   int   // messages in another version than that of whom they reached
	running   int   // hosts that are up
	sides     []int // per host, see [checkers.View]
	sideCount int
	ended     bool
	atWork    node.ID // the machine that has the word, or nobody
	stack     string  // where a machine panicked; empty if none did
}

// host is what the world knows about one server.
type host[M any] struct {
	machine   node.Machine[M] // nil while down
	clock     *hostClock      // of its life; nil while it shows the time
	server    node.Server[M]  // the same machine, where it implements these; nil otherwise
	caller    node.Caller[M]
	prober    node.Prober[M]
	registrar node.Registrar[M]
	disk      disk
	stuck     []stuck[M]    // what waits to leave it, in order
	down      int           // faults that keep it down
	pauses    int           // faults that keep it paused
	blocks    int           // faults that keep it blocked
	uplinks   int           // faults that keep its uplink down
	exhausted int           // faults that leave it without sockets
	cost      time.Duration // what faults make each of its inputs take
	wall      wall          // how wrong faults make its clocks
	upgraded  int           // the first life to which a fault has given the other configuration, 0 for none
	leaving   int           // the life that has said goodbye and is about to stop, 0 for none
}

// traffic counts what machines sent, whether or not it arrived.
type traffic struct {
	messages, bytes uint64
	packets         uint64 // of the messages, those sent as datagrams
	probes          uint64
}

// New builds the world of a spec. It panics on a spec that [Spec.Validate] refuses.
func New[M any](spec Spec[M]) *World[M] {
	if err := spec.Validate(); err != nil {
		panic("world.New: " + err.Error())
	}
	w := &World[M]{
		spec:    spec,
		kernel:  sim.New[M](spec.Hosts, sim.Options{PlainHeap: spec.PlainHeap, Trace: spec.Trace}),
		network: netmodel.New(spec.Seed, spec.Hosts, spec.Network),
		hosts:   make([]host[M], spec.Hosts),
		origins: newOrigins(spec.Seed, spec.Origins),
		faults:  make([]fault, len(spec.Faults)),
		observe: newObservers(spec.Checkers, spec.Off),
		sides:   make([]int, spec.Hosts),
		atWork:  nobody,
	}
	if spec.Schedule != nil {
		w.priority = newPriorities(spec.Schedule, spec.Seed, spec.Hosts, spec.Duration)
	}
	if spec.Coverage {
		w.coverage = newCoverage()
	}
	w.network.Settle(spec.Places)
	w.sideCount = w.countSides()
	w.equip()
	w.addresses = newAddresses(spec.Hosts, spec.Faults)
	w.schedule()
	return w
}

// Run plays the world to its end.
func (w *World[M]) Run() *Result {
	w.Advance(w.Ends())
	return w.Result()
}

// Now is the time the world has reached.
func (w *World[M]) Now() clock.Time { return w.kernel.Now() }

// Ends is when the run is over.
func (w *World[M]) Ends() clock.Time { return clock.At(w.spec.Duration) }

// Machine returns the machine running on host, nil while it is down. Checkers may look at it;
// changing it breaks the run.
func (w *World[M]) Machine(host node.ID) node.Machine[M] { return w.hosts[host].machine }

// Advance plays the world up to and including the given time, or to a panic of a machine if the spec
// has it caught.
func (w *World[M]) Advance(to clock.Time) {
	defer w.catch()
	for limit := min(to, w.Ends()); w.next(limit); {
		w.handle(&w.step)
	}
}

// Control codes: what the world scheduled for itself.
const (
	startHost = iota << 24 // the first start of the host in the low bits
	beginFault
	endFault
	stopHost // the host in the low bits has left and stops
	heal
	forgeNext // the outsider of the fault in the low bits sends its next datagram

	controlKind = 0xff << 24
)

// schedule puts the plan into the queue. Order matters: at one instant what ends comes before what
// begins, and the heal after both.
func (w *World[M]) schedule() {
	starts := rng.Named(w.spec.Seed, "start")
	for i := range w.hosts {
		r := starts.At(uint64(i))
		spread := max(1, uint64(w.spec.StartSpread))
		w.kernel.Control(time.Duration(r.Below(spread)), startHost|uint32(i))
	}
	for i := range w.spec.Faults {
		if f := &w.spec.Faults[i]; f.For > 0 {
			w.kernel.Control(f.End().Duration(), endFault|uint32(i))
		}
	}
	for i := range w.spec.Faults {
		w.kernel.Control(w.spec.Faults[i].At.Duration(), beginFault|uint32(i))
	}
	w.kernel.Control(scenarios.Healed(w.spec.Faults).Duration(), heal)
}

// handle gives one step to whom it concerns and carries out what comes of it.
func (w *World[M]) handle(s *sim.Step[M]) {
	if s.Kind == sim.Control {
		w.control(s.Control)
		return
	}
	h := &w.hosts[s.Host]
	switch s.Kind {
	case sim.Deliver:
		if w.stopped(s) || w.foreign(s) {
			return
		}
		if w.addresses != nil {
			w.addresses.hear(s.Host, s.From, w.kernel.SenderLife())
		}
		w.atWork = s.Host
		h.machine.Receive(h.time(s.At), s.From, s.Message, &w.out)
	case sim.Request:
		if w.stopped(s) {
			return
		}
		if w.foreign(s) {
			w.turnAway(s)
			return
		}
		w.serve(h, s)
	case sim.Returned:
		if s.Failure == node.OK && w.stopped(s) {
			return
		}
		w.returned(h, s)
	case sim.Probed:
		w.probed(h, s)
	case sim.Wake:
		w.atWork = s.Host
		h.machine.Wake(h.time(s.At), s.Timer, &w.out)
	}
	w.apply(s.Host)
}

func (w *World[M]) control(code uint32) {
	number := code &^ controlKind
	switch code & controlKind {
	case startHost:
		w.start(node.ID(number))
	case stopHost:
		w.left(node.ID(number))
	case beginFault:
		w.begin(int(number))
	case endFault:
		w.end(int(number))
	case forgeNext:
		w.forge(int(number))
	case heal:
		w.tell(checkers.Observation{Kind: checkers.Healed})
	default:
		panic(fmt.Sprintf("world: control %#x", code))
	}
}

// start begins a life of a host, unless a fault keeps it down.
func (w *World[M]) start(id node.ID) {
	h := &w.hosts[id]
	if h.down > 0 || h.machine != nil {
		return
	}
	w.settleAt(id)
	w.kernel.Start(id)
	life := uint64(w.kernel.Life(id))
	rand := rng.Named(w.spec.Seed, "machine").At2(uint64(id), life)
	h.machine = w.constructor(h)(id, rand)
	h.server, _ = h.machine.(node.Server[M])
	h.caller, _ = h.machine.(node.Caller[M])
	h.prober, _ = h.machine.(node.Prober[M])
	h.registrar, _ = h.machine.(node.Registrar[M])
	w.running++
	w.tell(checkers.Observation{Kind: checkers.HostUp, Host: id})
	if w.lacksSockets(id) {
		w.tell(checkers.Observation{Kind: checkers.HostStalled, Host: id})
	}
	w.changedSide(id)
	if h.cost > 0 {
		w.lag(id)
	}
	w.readWall(id)
	w.atWork = id
	h.machine.Start(h.time(w.Now()), h.disk.last(), &w.out)
	w.apply(id)
	w.sayWhere(id)
}

// constructor is what builds the machines of a host.
func (w *World[M]) constructor(h *host[M]) func(node.ID, rng.Rand) node.Machine[M] {
	if h.upgraded > 0 && w.spec.Upgraded != nil {
		return w.spec.Upgraded
	}
	return w.spec.Machine
}

// stop ends the life of a host that is up.
func (w *World[M]) stop(id node.ID) {
	h := &w.hosts[id]
	if h.machine == nil {
		return
	}
	w.kernel.Crash(id)
	h.machine, h.server, h.caller, h.prober, h.registrar = nil, nil, nil, nil, nil
	h.stuck = nil
	w.running--
	w.tell(checkers.Observation{Kind: checkers.HostDown, Host: id})
	w.changedSide(id)
}

// changedSide is changedSides after one host has started or stopped. While no cut is in force, and all
// speak alike, there is one side at most, and the host alone joins or leaves it: many thousand may start
// in one run.
func (w *World[M]) changedSide(id node.ID) {
	if !w.network.Whole() || w.spec.Dialect != nil {
		w.changedSides()
		return
	}
	w.sides[id] = 0
	if !w.Up(id) {
		w.sides[id] = -1
	}
	w.sideCount = min(w.running, 1)
	w.tell(checkers.Observation{Kind: checkers.Reachability})
}

// changedSides works out the sides of the network anew and tells the checkers.
func (w *World[M]) changedSides() {
	w.sideCount = w.countSides()
	w.tell(checkers.Observation{Kind: checkers.Reachability})
}
