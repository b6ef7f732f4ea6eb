package live

import (
	"context"
	"log/slog"
	"net/netip"
	"strconv"
	"time"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/live/view"
	"butterfly/node/swim"
	"butterfly/sim/clock"
)

// member is what the driver keeps of a server in the machine's table.
type member struct {
	about names.About // its own word, or that of its last life, zero as long as that has not come
	life  uint64      // the generation that has said it
	state swim.State
	since time.Time // when it came to be in that state
}

// past is what the driver keeps of an origin.
type past struct {
	changes   []view.Change // of what is believed, the latest maxChanges
	last      *view.Probe   // this node's own
	withdrawn bool          // it was to be checked, in this life, and is not any more
}

// maxChanges is how many changes of an origin are remembered.
const maxChanges = 16

// subject is what an event is about.
type subject uint8

const (
	aboutNode subject = iota
	aboutMember
	aboutOrigin
	aboutNothing // that anybody would want to be told
)

func subjectOf(kind node.EventKind) subject {
	switch kind {
	case node.MemberAlive, node.MemberSuspect, node.MemberDead, node.MemberLeft,
		node.MemberForgotten, node.ProbeFailed:
		return aboutMember
	case node.CheckBegan, node.CheckEnded, node.HealthChanged, node.Believed, node.Routed,
		node.OriginLearned, node.OriginForgotten:
		return aboutOrigin
	case node.Ready, node.Refuted, node.Yielded, node.NetworkLost, node.NetworkFound:
		return aboutNode
	}
	return aboutNothing
}

// observe takes note of an event and passes it on to the log and to whoever watches.
func (d *driver) observe(now clock.Time, e node.Event) {
	told := view.Event{At: wall(now), Kind: e.Kind.String(), Detail: detailOf(e)}
	switch subjectOf(e.Kind) {
	case aboutNothing:
		return
	case aboutMember:
		d.noteMember(now, e)
		told.Member = d.nameOf(node.ID(e.Subject))
	case aboutOrigin:
		d.noteOrigin(now, e)
		name := d.directory.Name(e.Subject)
		told.Service, told.Target = name.Service, name.Target
	case aboutNode:
		d.noteNode(e)
	}
	d.watchers.tell(told)
	d.logEvent(e, told)
}

// detailOf says what is new.
func detailOf(e node.Event) string {
	switch e.Kind {
	case node.CheckBegan:
		return "rank " + strconv.FormatUint(e.A, 10)
	case node.HealthChanged, node.Believed:
		return health.Status(e.A).String()
	case node.Routed:
		if e.A == 1 {
			return "in"
		}
		return "out"
	}
	return ""
}

// noteMember keeps the table of members. What a member says of itself comes with its being alive,
// and stays when it goes.
func (d *driver) noteMember(now clock.Time, e node.Event) {
	id := node.ID(e.Subject)
	if e.Kind == node.MemberForgotten {
		delete(d.members, id)
		return
	}
	m := d.members[id]
	if m == nil {
		m = &member{}
		d.members[id] = m
	}
	state, incarnation, metadata := d.machine.Member(id)
	if state != m.state {
		m.state, m.since = state, wall(now)
	}
	switch e.Kind {
	case node.MemberAlive:
		d.noteAbout(id, m, incarnation.Generation(), metadata)
	case node.MemberDead, node.MemberLeft:
		d.book.gone(id)
	}
}

// noteAbout takes in what a member says of itself. If it begins with another file than this node's,
// it may lack some origins. If it says later that it has another one now, it has made known itself
// what is new.
func (d *driver) noteAbout(id node.ID, m *member, life uint64, metadata []byte) {
	if len(metadata) == 0 {
		d.book.renewed(id) // and is about to say it
		return
	}
	about, err := names.ParseAbout(metadata)
	address, badAddress := netip.ParseAddrPort(about.Address)
	if err != nil || badAddress != nil {
		d.book.renewed(id) // what its last life has said may be true no more
		d.log.Warn("a member says of itself what makes no sense", "event", "member-unclear",
			"number", id, "error", err, "address", about.Address)
		return
	}
	d.lacking = d.lacking || m.life != life && about.Origins != d.about.Origins
	m.about, m.life = about, life
	d.book.describe(id, about.Name, address)
}

// noteOrigin keeps the history of an origin.
func (d *driver) noteOrigin(now clock.Time, e node.Event) {
	p := d.past(e.Subject)
	switch e.Kind {
	case node.OriginLearned:
		p.withdrawn = false
	case node.OriginForgotten:
		p.withdrawn = true
	case node.Believed:
		if len(p.changes) == maxChanges {
			p.changes = append(p.changes[:0], p.changes[1:]...)
		}
		p.changes = append(p.changes, view.Change{
			At: wall(now), Status: health.Status(e.A).String(), Checker: d.checker(e.Subject),
		})
	}
}

// past returns what is kept of an origin, to be changed until the next call.
func (d *driver) past(o uint32) *past {
	for int(o) >= len(d.pasts) {
		d.pasts = append(d.pasts, past{})
	}
	return &d.pasts[o]
}

// noteProbe keeps how this node's last probe of an origin ended.
func (d *driver) noteProbe(p *probed) {
	d.past(p.probe.Origin).last = &view.Probe{
		At: wall(d.clock.now()), Outcome: p.report.Outcome.String(), Took: p.report.Took,
		Detail: p.report.Detail,
	}
}

// checker is whose result of an origin counts, empty for nobody's.
func (d *driver) checker(o uint32) string {
	if claimant := d.machine.Claim(o).Claimant; claimant != node.Nobody {
		return d.nameOf(claimant)
	}
	return ""
}

// nameOf is what a server is called, by number if nothing else is known.
func (d *driver) nameOf(id node.ID) string {
	if id == d.carrier.number {
		return d.config.Name
	}
	if m := d.members[id]; m != nil && m.about.Name != "" {
		return m.about.Name
	}
	if known := d.book.find(id); known.name != "" {
		return known.name
	}
	return "#" + strconv.FormatUint(uint64(id), 10)
}

func (d *driver) noteNode(e node.Event) {
	switch e.Kind {
	case node.NetworkLost:
		d.lost = true
	case node.NetworkFound:
		d.lost = false
	case node.Yielded:
		d.failed(errOtherLife)
	}
}

// logEvent writes the line of an event. What every origin brings in the ordinary course of things
// is for those who want to know everything.
func (d *driver) logEvent(e node.Event, told view.Event) {
	level := slog.LevelInfo
	switch e.Kind {
	case node.CheckBegan, node.CheckEnded, node.HealthChanged, node.OriginLearned,
		node.OriginForgotten, node.ProbeFailed:
		level = slog.LevelDebug
	case node.Believed:
		if len(d.past(e.Subject).changes) == 1 {
			level = slog.LevelDebug
		}
	case node.MemberDead, node.NetworkLost:
		level = slog.LevelWarn
	case node.Yielded:
		level = slog.LevelError
	}
	if !d.log.Enabled(context.Background(), level) {
		return
	}
	attributes := []slog.Attr{slog.String("event", told.Kind)}
	for _, a := range [...]slog.Attr{
		slog.String("member", told.Member), slog.String("service", told.Service),
		slog.String("target", told.Target), slog.String("detail", told.Detail),
	} {
		if a.Value.String() != "" {
			attributes = append(attributes, a)
		}
	}
	d.log.LogAttrs(context.Background(), level, sentenceOf(e.Kind), attributes...)
}
