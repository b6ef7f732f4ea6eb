package cluster

import (
	"time"

	"butterfly/node/health"
	"butterfly/scenarios"
)

// withoutSockets is for how long an origin is probed in vain at most, because as many servers as can open
// no sockets at once are those that rank highest for it: the checker finds out, all hear that it withdraws
// its claim, and whoever comes next leaves time to each of those above.
func withoutSockets(faults []scenarios.Fault, config health.Config, spread time.Duration) time.Duration {
	unable := mostWithoutSockets(faults)
	if unable == 0 {
		return 0
	}
	return health.GapBoundUnable(spread, config, unable).Total()
}

// mostWithoutSockets is how many servers can open none at once: most of them when the last of these faults
// begins.
func mostWithoutSockets(faults []scenarios.Fault) (most int) {
	for i := range faults {
		last, unable := &faults[i], 0
		if last.Kind != scenarios.NoSockets {
			continue
		}
		for j := range faults {
			if f := &faults[j]; f.Kind == scenarios.NoSockets && f.At <= last.At && last.At <= f.End() {
				unable += len(f.Hosts)
			}
		}
		most = max(most, unable)
	}
	return most
}
