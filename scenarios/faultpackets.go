package scenarios

import (
	"cmp"
	"fmt"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// What BurstLoss means by no lengths: bad Wi-Fi, in bursts of four packets on average.
const (
	defaultGoodPackets = 100
	defaultBadPackets  = 4
)

// Degradation is what the fault does to packets; none for a kind that strikes anything else.
func (f *Fault) Degradation() (d netmodel.Degradation, degrades bool) {
	d.A, d.B, d.OneWay = f.Hosts, f.Others, f.OneWay
	switch f.Kind {
	case Loss:
		d.Loss = f.LossPPM
	case BurstLoss:
		d.Burst = f.burst()
	case Duplicate:
		d.Duplicate, d.DuplicateBy = f.SharePPM, f.By.Duration()
	case Reorder:
		d.Reorder, d.ReorderBy = f.SharePPM, f.By.Duration()
	case Corrupt:
		d.Corrupt = f.SharePPM
	case SlowLinks:
		d.Latency = f.Latency.Latency
	case MTU:
		d.MTU = f.largest()
	default:
		return netmodel.Degradation{}, false
	}
	return d, true
}

// burst is how a BurstLoss loses packets.
func (f *Fault) burst() netmodel.Burst {
	return netmodel.Burst{
		Loss: f.LossPPM,
		Good: cmp.Or(f.GoodPackets, defaultGoodPackets),
		Bad:  cmp.Or(f.BadPackets, defaultBadPackets),
	}
}

// packetsText says what the fault does to packets, and how much.
func (f *Fault) packetsText() string {
	switch f.Kind {
	case BurstLoss:
		b := f.burst()
		return fmt.Sprintf("of %v in bursts of %d packets %d apart", b.Loss, b.Bad, b.Good)
	case Duplicate:
		return fmt.Sprintf("%v up to %v later", f.SharePPM, f.By)
	case Reorder:
		return fmt.Sprintf("%v by up to %v", f.SharePPM, f.By)
	case Corrupt:
		return f.SharePPM.String()
	}
	return fmt.Sprintf("of %v", f.LossPPM)
}

// validatePackets checks how much the fault does to packets.
func (f *Fault) validatePackets() error {
	if f.LossPPM > rng.Always {
		return fmt.Errorf("loss_ppm: %d is more than %d", f.LossPPM, rng.Always)
	}
	if f.SharePPM > rng.Always {
		return fmt.Errorf("share_ppm: %d is more than %d", f.SharePPM, rng.Always)
	}
	if f.By < 0 || f.By > Span(netmodel.MaxLatency) {
		return fmt.Errorf("by: %v, expected 0 to %v", f.By, netmodel.MaxLatency)
	}
	return f.validateBurst()
}

func (f *Fault) validateBurst() error {
	for _, length := range []struct {
		name          string
		packets, most int
	}{
		{"good_packets", f.GoodPackets, netmodel.MaxGoodLength},
		{"bad_packets", f.BadPackets, netmodel.MaxBadLength},
	} {
		known := length.packets >= netmodel.MinBurstLength && length.packets <= length.most
		if length.packets != 0 && !known {
			return fmt.Errorf("%s: %d, expected %d to %d",
				length.name, length.packets, netmodel.MinBurstLength, length.most)
		}
	}
	return nil
}
