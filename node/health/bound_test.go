package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
)

func TestGapBoundNamesItsTerms(t *testing.T) {
	gap := GapBound(24200*time.Millisecond, DefaultConfig())
	require.Equal(t, 26700*time.Millisecond, gap.Total())
	require.Equal(t, "26.7s = 24.2s detection + 1s interval + 500ms timeout + 1s offset", gap.String())
}

func TestGapBoundGrowsByOneRankWaitPerUnawareServer(t *testing.T) {
	aware, cfg := GapBound(time.Second, DefaultConfig()), DefaultConfig()
	require.Equal(t, aware, GapBoundUnaware(time.Second, cfg, 0))
	require.Equal(t, aware.Total()+3*cfg.RankWait, GapBoundUnaware(time.Second, cfg, 3).Total())
}

// "whichever definition it is checked by" (GapBound)
func TestBoundsTakeTheSlowestDefinition(t *testing.T) {
	cfg := DefaultConfig()
	slow, windowed := DefaultDefinition(), DefaultDefinition()
	slow.Interval, slow.Jitter = 10*time.Second, 2*time.Second
	windowed.Timeout, windowed.Semantics, windowed.Window, windowed.Threshold = time.Second, Window, 40, 10
	cfg.Definitions = append(cfg.Definitions, slow, windowed)
	require.Equal(t,
		"28s = 5s detection + 12s interval + 1s timeout + 10s offset",
		GapBound(5*time.Second, cfg).String())
	require.Equal(t,
		"14s = 3s notice + 1s timeout + 10s offset",
		GapBoundRegistered(3*time.Second, cfg).String())
	require.Equal(t,
		"1m22.5s = 36.5s detection + 3s notice + 20s rank wait + 12s interval + 1s timeout + 10s offset",
		GapBoundUnable(3*time.Second, cfg, 1).String())
	require.Equal(t, 48500*time.Millisecond, VerdictBound(cfg), "4 x 12 s and 500 ms: more than 32 x 1 s")
	cfg.Definitions = cfg.Definitions[1:2]
	cfg.Definitions[0].Semantics = Immediate
	require.Equal(t, 24500*time.Millisecond, VerdictBound(cfg))
}

// upset is a plan for a cluster: who does not know which origin until when, and who crashes. One
// server, which does not crash, knows all origins from the start.
type upset struct {
	servers   int
	latency   time.Duration
	detection time.Duration
	crashed   node.ID
	crashAt   time.Duration
	unaware   []unaware
}

type unaware struct {
	server  node.ID
	origin  uint32
	learned time.Duration
}

const upsetOrigins = 6

func drawUpset(t *rapid.T) upset {
	seconds := func(from, to int, label string) time.Duration {
		return time.Duration(rapid.IntRange(from*1000, to*1000).Draw(t, label)) * time.Millisecond
	}
	u := upset{servers: rapid.IntRange(2, 5).Draw(t, "servers")}
	server := rapid.Custom(func(t *rapid.T) node.ID {
		return node.ID(rapid.IntRange(0, u.servers-1).Draw(t, "server"))
	})
	u.latency, u.detection = seconds(0, 30, "latency"), seconds(0, 30, "detection")
	u.crashed, u.crashAt = server.Draw(t, "crashed"), seconds(0, 120, "crash at")
	u.unaware = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) unaware {
		return unaware{
			server:  server.Draw(t, "server"),
			origin:  rapid.Uint32Range(0, upsetOrigins-1).Draw(t, "origin"),
			learned: seconds(1, 200, "learned"),
		}
	}), 0, 8).Draw(t, "unaware")
	return u
}

// TestGapBoundHolds runs clusters through late learning and one crash, and holds every gap between
// two probes of an origin against [GapBoundUnaware]. At rest the highest-ranked server alone
// checks.
func TestGapBoundHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := drawUpset(t)
		c := newCluster(u.servers, upsetOrigins, u.latency)
		unaware := u.forget(c)
		last := make([]clock.Time, upsetOrigins) // probe of each origin
		c.onProbe = func(origin uint32) {
			bound := GapBoundUnaware(u.detection, DefaultConfig(), unaware[origin])
			require.LessOrEqual(t, c.now.Sub(last[origin]), bound.Total(),
				"origin %d at %v, last at %v, bound %v", origin, c.now, last[origin], bound)
			last[origin] = c.now
		}
		c.activate()
		c.run(clock.At(u.crashAt))
		c.crash(u.crashed, u.detection)
		for origin := range last {
			if last[origin] == 0 { // not probed yet: the bound begins again with the crash
				last[origin] = c.now
			}
		}
		c.run(clock.At(6 * time.Minute))
		for origin := range uint32(upsetOrigins) {
			survivor := c.servers[u.informed()]
			require.Equal(t, []node.ID{survivor.Owner(origin)}, c.checkers(origin))
			require.Less(t, c.now.Sub(last[origin]), time.Second+1, "probed to the end")
		}
	})
}

// informed returns the server that knows all origins and does not crash.
func (u upset) informed() node.ID { return (u.crashed + 1) % node.ID(u.servers) }

// forget makes servers unaware of origins, and returns by how many each origin is not known at
// first.
func (u upset) forget(c *cluster) (count [upsetOrigins]int) {
	for _, a := range u.unaware {
		s := c.servers[a.server]
		if _, known := s.Known(a.origin); known && a.server != u.informed() {
			count[a.origin]++
			s.Unregister(0, a.origin)
			c.later(a.learned, a.server, func(s *Checks) { s.Register(c.now, a.origin, 0) })
		}
	}
	return count
}
