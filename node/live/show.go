package live

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/live/view"
	"butterfly/node/swim"
)

// overview, and what follows, is what the machine and the driver have to show between two inputs.
func (d *driver) overview() view.Overview {
	_, incarnation, _ := d.machine.Member(d.carrier.number)
	o := view.Overview{
		Name: d.config.Name, Address: d.about.Address, API: d.about.API, Label: d.config.Label,
		Build: d.config.Build, Number: uint32(d.carrier.number),
		Generation: incarnation.Generation(), Started: d.clock.began, Now: wall(d.clock.now()),
		Ready: d.machine.Ready(), Leaving: d.leaving, NetworkLost: d.lost,
		Members: d.machine.Members(), Checking: d.machine.CheckingCount(),
	}
	d.eachKnown(func(origin uint32, _ uint16) {
		count(d.machine.Status(origin), &o.Origins, &o.Healthy, &o.Unhealthy, &o.Unknown)
	})
	return o
}

// eachKnown visits the origins that are to be checked.
func (d *driver) eachKnown(visit func(origin uint32, definition uint16)) {
	for o := range uint32(d.directory.Len()) {
		if definition, known := d.machine.Known(o); known {
			visit(o, definition)
		}
	}
}

// count counts an origin, and by its status.
func count(status health.Status, all, healthy, unhealthy, unknown *int) {
	*all++
	switch status {
	case health.Healthy:
		*healthy++
	case health.Unhealthy:
		*unhealthy++
	default:
		*unknown++
	}
}

func (d *driver) listMembers() (members []view.Member) {
	for id, m := range d.members {
		state, incarnation, _ := d.machine.Member(id)
		members = append(members, view.Member{
			Name: m.about.Name, Address: m.about.Address, API: m.about.API, Number: uint32(id),
			State: state.String(), Generation: incarnation.Generation(),
			Refutations: uint32(incarnation.Refutations()), Since: m.since,
			Self: id == d.carrier.number,
		})
	}
	return members
}

func (d *driver) listServices() (services []view.Service) {
	places := map[string]int{}
	d.eachKnown(func(o uint32, definition uint16) {
		name, check := d.directory.DefinitionOf(definition)
		place, found := places[name]
		if !found {
			place = len(services)
			places[name] = place
			services = append(services, view.Service{
				Name: name, Check: describeCheck(&check),
				FailsOpen: d.machine.Panicking(check.Pool),
			})
		}
		s := &services[place]
		count(d.machine.Status(o), &s.Origins, &s.Healthy, &s.Unhealthy, &s.Unknown)
		if d.machine.Routed(o) {
			s.Routed++
		}
	})
	return services
}

func (d *driver) listOrigins(service string) (origins []view.Origin) {
	d.eachKnown(func(o uint32, definition uint16) {
		if service == "" || d.directory.Name(o).Service == service {
			origins = append(origins, d.show(o, definition))
		}
	})
	return origins
}

func (d *driver) show(o uint32, definition uint16) view.Origin {
	name := d.directory.Name(o)
	_, check := d.directory.DefinitionOf(definition)
	shown := view.Origin{
		Name: view.Name{Service: name.Service, Target: name.Target}, Weight: check.Weight,
		Status: d.machine.Status(o).String(), Routed: d.machine.Routed(o), Checker: d.checker(o),
		Checking: d.machine.Checking(o),
	}
	if changes := d.past(o).changes; len(changes) > 0 {
		shown.Since = changes[len(changes)-1].At
	}
	return shown
}

func (d *driver) detail(name view.Name) (detail view.Detail, known bool) {
	r, known := d.known(name)
	if !known {
		return view.Detail{}, false
	}
	_, check := d.directory.DefinitionOf(r.definition)
	p := d.past(r.origin)
	detail = view.Detail{
		Origin: d.show(r.origin, r.definition), Check: describeCheck(&check), Ranking: d.rank(r.origin),
		History: slices.Clone(p.changes),
	}
	if p.last != nil {
		last := *p.last
		detail.LastProbe = &last
	}
	return detail, true
}

// rank lists the servers in the group in the order in which an origin is theirs to check.
func (d *driver) rank(o uint32) (ranking []view.Ranked) {
	claimant := d.machine.Claim(o).Claimant
	ids := d.group()
	score := func(id node.ID) uint64 { return d.directory.Score(o, id) }
	slices.SortFunc(ids, func(a, b node.ID) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b))
	})
	for rank, id := range ids {
		ranking = append(ranking, view.Ranked{
			Server: d.nameOf(id), Rank: rank, Score: score(id), Claims: id == claimant,
		})
	}
	return ranking
}

// group is the servers in the group, in no order.
func (d *driver) group() (ids []node.ID) {
	for id := range d.members {
		if state, _, _ := d.machine.Member(id); state == swim.Alive || state == swim.Suspect {
			ids = append(ids, id)
		}
	}
	return ids
}

func (d *driver) showMap() view.Map {
	store := d.machine.Store()
	m := view.Map{VersionHash: store.VersionHash(), StateHash: store.StateHash(), Keys: d.keys()}
	for _, dot := range *store.Versions() {
		seq := dot.Seq
		if seq == crdt.Retired {
			seq = 0
		}
		m.Versions = append(m.Versions, view.Version{
			Server: d.nameOf(dot.Actor.Node()), Generation: dot.Actor.Boot(), Seq: seq,
		})
	}
	return m
}

// keys counts the keys of the map that have a value.
func (d *driver) keys() int {
	if counted, counts := d.machine.Store().(interface{ Len() int }); counts {
		return counted.Len()
	}
	return 0
}

// levels are those of the gauges.
func (d *driver) levels() levels {
	l := levels{
		queues: map[string]int{
			"datagrams": d.carrier.received.len(), "requests": len(d.requests),
			"returned": d.ends.len(), "probed": d.results.len(), "questions": len(d.questions),
		},
		members: map[string]int{"alive": 0, "suspect": 0, "dead": 0, "left": 0},
		origins: map[string]int{}, checking: d.machine.CheckingCount(), keys: d.keys(),
	}
	for id := range d.members {
		state, _, _ := d.machine.Member(id)
		l.members[state.String()]++
	}
	for _, s := range []health.Status{health.Unknown, health.Healthy, health.Unhealthy} {
		l.origins[s.String()] = 0
	}
	d.eachKnown(func(o uint32, _ uint16) { l.origins[d.machine.Status(o).String()]++ })
	return l
}

// describeCheck says in words how an origin is checked.
func describeCheck(c *health.Definition) string {
	words := []string{c.Kind.String()}
	if c.Kind != health.TCP {
		words = append(words, "GET "+cmp.Or(c.Path, "/"))
	}
	words = append(words, fmt.Sprintf("every %v, within %v", c.Interval, c.Timeout))
	if c.StatusFrom != 0 {
		words = append(words, fmt.Sprintf("expects %d to %d", c.StatusFrom, c.StatusTo))
	}
	if c.Body != "" {
		words = append(words, fmt.Sprintf("expects %q", c.Body))
	}
	switch c.Semantics {
	case health.Window:
		words = append(words, fmt.Sprintf("up if %d of %d succeed", c.Threshold, c.Window))
	case health.Immediate:
		words = append(words, "every result counts")
	default:
		words = append(words, fmt.Sprintf("up after %d, down after %d", c.Rise, c.Fall))
	}
	return strings.Join(words, ", ")
}
