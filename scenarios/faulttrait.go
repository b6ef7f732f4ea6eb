package scenarios

import (
	"fmt"
	"slices"
)

// trait is a set of the fields that a kind of fault has a use for.
type trait uint32

const (
	hasLength  trait = 1 << iota // For
	mayLast                      // does without For: for good, or at one moment
	hasHosts                     // Hosts, and needs at least one
	hasOrigins                   // Origins, and needs at least one
	hasKeep                      // Keep, Old, Torn and Moved: how a host returns
	hasLinks                     // Hosts, Others and OneWay, and does without
	cuts                         // needs Hosts or Others
	hasLoss
	hasBurst // GoodPackets and BadPackets
	hasShare
	hasBy
	hasDefinition
	hasCost
	hasClock // RatePPM and Offset
	hasLatency
	hasBytes
	hasBandwidth // BytesPerSecond and QueueBytes
	hasRate      // PerSecond
)

// faultTraits holds every kind, in the order in which reports show them.
var faultTraits = [...]struct {
	kind   FaultKind
	traits trait
}{
	{Crash, hasLength | mayLast | hasHosts | hasKeep},
	{Pause, hasLength | hasHosts},
	{Block, hasLength | hasHosts},
	{Leave, hasLength | mayLast | hasHosts},
	{DiskFull, hasLength | hasHosts},
	{Slow, hasLength | hasHosts | hasCost},
	{Clock, hasLength | hasHosts | hasClock},
	{Upgrade, hasLength | hasHosts},
	{Partition, hasLength | hasLinks | cuts},
	{Uplink, hasLength | hasHosts},
	{NoSockets, hasLength | hasHosts},
	{Clog, hasLength | hasLinks},
	{Loss, hasLength | hasLinks | hasLoss},
	{BurstLoss, hasLength | hasLinks | hasLoss | hasBurst},
	{Duplicate, hasLength | hasLinks | hasShare | hasBy},
	{Reorder, hasLength | hasLinks | hasShare | hasBy},
	{Corrupt, hasLength | hasLinks | hasShare},
	{SlowLinks, hasLength | hasLinks | hasLatency},
	{Limit, hasLength | hasLinks | hasBandwidth},
	{MTU, hasLength | hasLinks | hasBytes},
	{NoDatagrams, hasLength | hasLinks},
	{NoStreams, hasLength | hasLinks},
	{Forge, hasLength | hasHosts | hasRate},
	{OriginDown, hasLength | mayLast | hasOrigins},
	{Register, mayLast | hasHosts | hasOrigins | hasDefinition},
	{Unregister, mayLast | hasHosts | hasOrigins},
}

// faultFields are the fields of a fault that not every kind has a use for, as files name them.
var faultFields = [...]struct {
	name  string
	trait trait
	empty func(*Fault) bool
	clear func(*Fault)
}{
	{"for", hasLength,
		func(f *Fault) bool { return f.For == 0 }, func(f *Fault) { f.For = 0 }},
	{"hosts", hasHosts | hasLinks,
		func(f *Fault) bool { return len(f.Hosts) == 0 }, func(f *Fault) { f.Hosts = nil }},
	{"others", hasLinks,
		func(f *Fault) bool { return len(f.Others) == 0 }, func(f *Fault) { f.Others = nil }},
	{"origins", hasOrigins,
		func(f *Fault) bool { return len(f.Origins) == 0 }, func(f *Fault) { f.Origins = nil }},
	{"keep", hasKeep,
		func(f *Fault) bool { return !f.Keep }, func(f *Fault) { f.Keep = false }},
	{"old", hasKeep,
		func(f *Fault) bool { return f.Old == 0 }, func(f *Fault) { f.Old = 0 }},
	{"torn", hasKeep,
		func(f *Fault) bool { return !f.Torn }, func(f *Fault) { f.Torn = false }},
	{"moved", hasKeep,
		func(f *Fault) bool { return !f.Moved }, func(f *Fault) { f.Moved = false }},
	{"one_way", hasLinks,
		func(f *Fault) bool { return !f.OneWay }, func(f *Fault) { f.OneWay = false }},
	{"loss_ppm", hasLoss,
		func(f *Fault) bool { return f.LossPPM == 0 }, func(f *Fault) { f.LossPPM = 0 }},
	{"good_packets", hasBurst,
		func(f *Fault) bool { return f.GoodPackets == 0 }, func(f *Fault) { f.GoodPackets = 0 }},
	{"bad_packets", hasBurst,
		func(f *Fault) bool { return f.BadPackets == 0 }, func(f *Fault) { f.BadPackets = 0 }},
	{"share_ppm", hasShare,
		func(f *Fault) bool { return f.SharePPM == 0 }, func(f *Fault) { f.SharePPM = 0 }},
	{"by", hasBy,
		func(f *Fault) bool { return f.By == 0 }, func(f *Fault) { f.By = 0 }},
	{"cost", hasCost,
		func(f *Fault) bool { return f.Cost == 0 }, func(f *Fault) { f.Cost = 0 }},
	{"rate_ppm", hasClock,
		func(f *Fault) bool { return f.RatePPM == 0 }, func(f *Fault) { f.RatePPM = 0 }},
	{"offset", hasClock,
		func(f *Fault) bool { return f.Offset == 0 }, func(f *Fault) { f.Offset = 0 }},
	{"latency", hasLatency, func(f *Fault) bool { return f.Latency == Latency{} },
		func(f *Fault) { f.Latency = Latency{} }},
	{"bytes", hasBytes,
		func(f *Fault) bool { return f.Bytes == 0 }, func(f *Fault) { f.Bytes = 0 }},
	{"bytes_per_second", hasBandwidth, func(f *Fault) bool { return f.BytesPerSecond == 0 },
		func(f *Fault) { f.BytesPerSecond = 0 }},
	{"queue_bytes", hasBandwidth,
		func(f *Fault) bool { return f.QueueBytes == 0 }, func(f *Fault) { f.QueueBytes = 0 }},
	{"per_second", hasRate,
		func(f *Fault) bool { return f.PerSecond == 0 }, func(f *Fault) { f.PerSecond = 0 }},
	{"definition", hasDefinition,
		func(f *Fault) bool { return f.Definition == 0 }, func(f *Fault) { f.Definition = 0 }},
}

// FaultKinds returns every kind, in the order in which reports show them.
func FaultKinds() []FaultKind {
	kinds := make([]FaultKind, len(faultTraits))
	for i := range faultTraits {
		kinds[i] = faultTraits[i].kind
	}
	return kinds
}

// Trimmed returns the fault without what its kind has no use for, and with each target once: what a
// generator draws that fills in every field.
func (f Fault) Trimmed() Fault {
	traits, _ := f.traits()
	for _, field := range faultFields {
		if traits&field.trait == 0 {
			field.clear(&f)
		}
	}
	f.trimDisk()
	f.Hosts, f.Others, f.Origins = once(f.Hosts), once(f.Others), once(f.Origins)
	return f
}

// once returns the numbers in ascending order without their repetitions.
func once[T ~uint32](numbers []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(numbers)))
}

// traits returns what the kind of fault has a use for, and whether there is such a kind.
func (f *Fault) traits() (traits trait, known bool) {
	for i := range faultTraits {
		if faultTraits[i].kind == f.Kind {
			return faultTraits[i].traits, true
		}
	}
	return 0, false
}

// has reports whether the kind of fault has one of the traits.
func (f *Fault) has(traits trait) bool {
	mine, _ := f.traits()
	return mine&traits != 0
}

// validateTraits checks that the fault has what its kind needs and nothing else.
func (f *Fault) validateTraits() error {
	traits, known := f.traits()
	if !known {
		return fmt.Errorf("kind: %q is unknown, expected one of %v", f.Kind, FaultKinds())
	}
	for _, field := range faultFields {
		if traits&field.trait == 0 && !field.empty(f) {
			return fmt.Errorf("%s: expected none for %s", field.name, f.Kind)
		}
	}
	switch {
	case f.For == 0 && traits&mayLast == 0:
		return fmt.Errorf("for: %s needs a length", f.Kind)
	case len(f.Hosts) == 0 && traits&hasHosts != 0, len(f.Hosts)+len(f.Others) == 0 && traits&cuts != 0:
		return fmt.Errorf("hosts: %s needs at least one", f.Kind)
	case len(f.Origins) == 0 && traits&hasOrigins != 0:
		return fmt.Errorf("origins: %s needs at least one", f.Kind)
	}
	return nil
}
