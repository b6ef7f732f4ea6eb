package checkers

import (
	"math"
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// disturbances is when what disturbs checking last happened, to whom. Of what lasts it is when it
// ended, and [clock.Never] while it goes on. Before anything has happened it is the time before the
// start.
type disturbances struct {
	sides      sides
	down       []clock.Time // by host: when it last went down
	stalled    []clock.Time // by host: when it last stood still
	offline    []clock.Time // by host: when it last had no uplink
	registered []clock.Time // by origin: when an operator last spoke of it
}

const beforeStart clock.Time = math.MinInt64

// disturbing is the set of kinds that disturbances has to be shown.
const disturbing = ordering | HostStalled | HostResumed | UplinkChanged

// observe takes an observation of any kind.
func (d *disturbances) observe(o *Observation, view View) {
	switch o.Kind {
	case HostUp:
		d.fit(view.Hosts())
		d.sides.hostUp(o.Host, o.At)
	case HostDown:
		d.sides.hostDown(o.Host)
		d.down[o.Host] = o.At
		d.stalled[o.Host] = min(d.stalled[o.Host], o.At)
	case HostStalled:
		d.stalled[o.Host] = clock.Never
	case HostResumed:
		d.stalled[o.Host] = o.At
	case UplinkChanged:
		d.fit(view.Hosts())
		d.offline[o.Host] = clock.Never
		if o.Up {
			d.offline[o.Host] = o.At
		}
	case Reachability:
		d.fit(view.Hosts())
		d.sides.change(view, o.At)
	case OriginRegistered:
		d.register(o.Origin, o.At)
	}
}

func (d *disturbances) fit(hosts int) {
	if hosts == len(d.down) {
		return
	}
	d.sides.fit(hosts)
	d.down = slices.Repeat([]clock.Time{beforeStart}, hosts)
	d.stalled, d.offline = slices.Clone(d.down), slices.Clone(d.down)
}

func (d *disturbances) register(origin uint32, at clock.Time) {
	for int(origin) >= len(d.registered) {
		d.registered = append(d.registered, beforeStart)
	}
	d.registered[origin] = at
}

// disturbed is when the side of a host that is up last changed, but for hosts going up or down.
func (d *disturbances) disturbed(host node.ID) clock.Time {
	if at := d.sides.disturbed[host]; at > 0 {
		return at
	}
	return beforeStart
}

// started is when the life of a host that is up began.
func (d *disturbances) started(host node.ID) clock.Time { return d.sides.started[host] }

// ordered is when an operator last spoke of origin.
func (d *disturbances) ordered(origin uint32) clock.Time {
	if int(origin) < len(d.registered) {
		return d.registered[origin]
	}
	return beforeStart
}
