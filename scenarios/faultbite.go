package scenarios

import (
	"fmt"
	"slices"

	"butterfly/node"
)

// validateBite refuses a fault that could do nothing, whatever happens: a green run with it would prove
// nothing, and whoever wrote it has left something out. Most numbers mean something if they are 0; these
// do not.
func (f *Fault) validateBite(hosts int) error {
	switch {
	case f.has(hasLoss) && f.LossPPM == 0:
		return fmt.Errorf("loss_ppm: 0%%, expected a share above 0%% for %s", f.Kind)
	case f.has(hasShare) && f.SharePPM == 0:
		return fmt.Errorf("share_ppm: 0%%, expected a share above 0%% for %s", f.Kind)
	case f.Kind == Reorder && f.By == 0:
		return fmt.Errorf("by: 0s, expected more for %s", f.Kind)
	case f.Kind == SlowLinks && f.Latency.Longest() == 0:
		return fmt.Errorf("latency: 0s, expected more for %s", f.Kind)
	case f.Kind == Clock && f.RatePPM == 0 && f.Offset == 0:
		return fmt.Errorf("rate_ppm: 0, expected another number, or an offset, for %s", f.Kind)
	case f.Kind == Partition && f.partsNobody(hosts):
		return fmt.Errorf("hosts: %s parts nobody from anybody, expected two servers apart", f.Kind)
	}
	return nil
}

// partsNobody reports whether one side of a partition has nobody in it, or both are the same server.
func (f *Fault) partsNobody(hosts int) bool {
	one := func(side, other []node.ID) bool { return len(other) == 0 && len(side) == hosts }
	return one(f.Hosts, f.Others) || one(f.Others, f.Hosts) ||
		len(f.Hosts) == 1 && slices.Equal(f.Hosts, f.Others)
}
