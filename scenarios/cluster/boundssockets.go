package cluster

import (
	"time"

	"butterfly/node/health"
	"butterfly/scenarios"
)

// withoutSockets is for how long an origin is probed in vain at most, because as many servers as can open
// no sockets at once are those that rank highest for it: the checker finds out, all hear that it withdraws
// its claim, and whoever comes next leaves time to each of those above.
func withoutSockets(s *scenarios.Scenario, config health.Config, spread time.Duration) time.Duration {
	unable := scenarios.MostAtOnce(s.Faults, s.Duration, func(f *scenarios.Fault) bool {
		return f.Kind == scenarios.NoSockets
	})
	if unable == 0 {
		return 0
	}
	return health.GapBoundUnable(spread, config, unable).Total()
}
