package scenarios

import (
	"cmp"
	"fmt"
	"time"

	"butterfly/netmodel"
	"butterfly/sim/clock"
)

// What goes wrong with links. Each of these, as each fault of packets, strikes the links between Hosts
// and Others, where those that are left out are everybody: so every link if both are.
const (
	// SlowLinks: what is sent takes Latency longer, for For.
	SlowLinks FaultKind = "slow-links"
	// Clog: what arrives waits until the end, and comes then, in order; see [netmodel.Clog].
	Clog FaultKind = "clog"
	// Limit: each link carries BytesPerSecond for For, 0 for 16,000, and drops what finds no room in a
	// queue of QueueBytes; see [netmodel.Limit].
	Limit FaultKind = "limit"
	// MTU: datagrams above Bytes are dropped for For; 0 is 576.
	MTU FaultKind = "mtu"
	// NoDatagrams: UDP is blocked for For, and streams are not.
	NoDatagrams FaultKind = "no-datagrams"
	// NoStreams: streams are blocked for For, and UDP is not.
	NoStreams FaultKind = "no-streams"
)

// Limits of what an MTU says, in bytes of payload: what carries any news is hardly smaller, and none is
// larger than UDP allows (RFC 768).
const (
	MinMTU = 16
	MaxMTU = 65_507
)

const (
	// defaultMTU is what MTU means by no bytes: what every host has to accept (RFC 791, section 3.1).
	defaultMTU = 576
	// defaultBytesPerSecond is what Limit means by none: an ISDN line with two channels, of 1988.
	defaultBytesPerSecond = 16_000
)

// OnLinks reports whether the fault is one of links.
func (f *Fault) OnLinks() bool { return f.has(hasLinks) }

// Splits reports whether the fault is sure to part the network into sides: it cuts servers off from all
// others.
func (f *Fault) Splits() bool {
	return f.Kind == Partition && (len(f.Hosts) == 0 || len(f.Others) == 0)
}

// Obstructs reports whether the fault keeps news from servers that run, or makes it late.
func (f *Fault) Obstructs() bool {
	switch f.Kind {
	case Partition, Clog, SlowLinks, Limit, MTU, NoDatagrams, NoStreams:
		return true
	}
	return false
}

// Cut is what a partition does to the network.
func (f *Fault) Cut() netmodel.Cut {
	return netmodel.Cut{A: f.Hosts, B: f.Others, OneWay: f.OneWay}
}

// Clog is what a fault of that kind does to the network.
func (f *Fault) Clog() netmodel.Clog {
	return netmodel.Clog{
		A: f.Hosts, B: f.Others, OneWay: f.OneWay, Until: clock.At(f.End().Duration()),
	}
}

// Limit is what a fault of that kind does to the network.
func (f *Fault) Limit() netmodel.Limit {
	return netmodel.Limit{
		A: f.Hosts, B: f.Others, OneWay: f.OneWay,
		BytesPerSecond: int64(cmp.Or(f.BytesPerSecond, defaultBytesPerSecond)),
		QueueBytes:     int64(f.QueueBytes),
	}
}

// Filter is what the fault lets not pass; nothing for a kind that is no filter.
func (f *Fault) Filter() (filter netmodel.Filter, filters bool) {
	filter = netmodel.Filter{A: f.Hosts, B: f.Others, OneWay: f.OneWay, Stops: netmodel.Datagrams}
	if f.Kind == NoStreams {
		filter.Stops = netmodel.Streams
	}
	return filter, f.Kind == NoDatagrams || f.Kind == NoStreams
}

// lateness is how much later than the fault is over what it has made late arrives at the latest. A
// queue is empty by then of all datagrams, and of streams unless they had to wait for it.
func (f *Fault) lateness() Span {
	switch f.Kind {
	case SlowLinks:
		return Span(f.Latency.Longest())
	case Limit:
		limit := f.Limit()
		return Span(time.Second) * Span(limit.QueueBytes) / Span(limit.BytesPerSecond)
	}
	return f.By
}

// largest is the size of the largest datagram that an MTU lets pass.
func (f *Fault) largest() int { return cmp.Or(f.Bytes, defaultMTU) }

// where says which links the fault strikes.
func (f *Fault) where() string {
	hosts, others := list("server", f.Hosts), list("server", f.Others)
	switch {
	case len(f.Hosts)+len(f.Others) == 0:
		return "on every link"
	case f.OneWay && len(f.Others) == 0:
		return "on what leaves " + hosts
	case f.OneWay && len(f.Hosts) == 0:
		return "on what is for " + others
	case f.OneWay:
		return fmt.Sprintf("from %s to %s", hosts, others)
	case len(f.Others) == 0:
		return "on the links of " + hosts
	case len(f.Hosts) == 0:
		return "on the links of " + others
	}
	return fmt.Sprintf("between %s and %s", hosts, others)
}

// parted says whom a partition parts from whom.
func (f *Fault) parted() string {
	parts := [...]string{"the rest", "the rest"}
	if len(f.Hosts) > 0 {
		parts[0] = list("server", f.Hosts)
	}
	if len(f.Others) > 0 {
		parts[1] = list("server", f.Others)
	}
	text := fmt.Sprintf("%s from %s", parts[0], parts[1])
	if f.OneWay {
		text += ", one way"
	}
	return text
}

// linksText says what the fault does to links, and how much.
func (f *Fault) linksText() string {
	switch f.Kind {
	case SlowLinks:
		return fmt.Sprintf(" by %v", f.Latency)
	case Limit:
		return fmt.Sprintf(" of %d bytes a second with a queue of %d bytes",
			f.Limit().BytesPerSecond, f.QueueBytes)
	case MTU:
		return fmt.Sprintf(" of %d bytes", f.largest())
	case Clog, NoDatagrams, NoStreams:
		return ""
	}
	return " " + f.packetsText()
}

// validateLinks checks how much the fault does to links, and that it says to which.
func (f *Fault) validateLinks() error {
	if f.OneWay && len(f.Hosts)+len(f.Others) == 0 {
		return fmt.Errorf("one_way: needs hosts or others")
	}
	if err := f.Latency.Validate(); err != nil {
		return err // it names the field itself
	}
	switch f.Kind {
	case Limit:
		limit := f.Limit()
		return limit.Validate()
	case MTU:
		if f.largest() < MinMTU || f.largest() > MaxMTU {
			return fmt.Errorf("bytes: %d, expected %d to %d", f.Bytes, MinMTU, MaxMTU)
		}
	}
	return nil
}
