package record

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/sim/clock"
)

// stage drives servers by hand, as a live driver does, on a clock of its own: each has numbers of
// its own for origins, and what they say to each other is encoded.
type stage struct {
	t     testing.TB
	now   clock.Time
	hosts []*host
	queue []func()
}

// epoch is what live clocks begin at: Unix time.
const epoch = clock.Time(1_767_225_600_000_000_000)

func headerOf(server string) Header {
	d := agent.DefaultConfig()
	d.Swim.Seeds = []node.ID{names.Number("alpha"), names.Number("beta")}
	d.Swim.MaxMembers = names.Servers
	return Header{
		Build: "test", Name: server, Number: names.Number(server), Seed: 7, Capacity: 50,
		Settings: Settings{
			Swim: d.Swim, Routing: d.Routing, Gossip: d.Gossip, JoinGrace: time.Second, OpenGroup: true,
			Health: health.Config{RankWait: d.Health.RankWait},
		},
	}
}

// newStage returns two servers, of which the first is recorded at path, with origins in orders of
// their own.
func newStage(t testing.TB, path string, limits Limits) *stage {
	s := &stage{t: t, now: epoch}
	for i, server := range []string{"alpha", "beta"} {
		h := &host{stage: s, header: headerOf(server), down: map[string]bool{}}
		h.directory = names.NewDirectory(h.header.Capacity)
		for o := range 8 {
			target := fmt.Sprintf("10.0.0.%d:80", 1+(o*(1+2*i))%8)
			number, err := h.directory.Origin(names.Origin{Service: "web", Target: target})
			require.NoError(t, err)
			require.Equal(t, uint32(o), number)
			h.header.Settings.Configured = append(h.header.Settings.Configured, 0)
		}
		_, err := h.directory.Definition("web", health.DefaultDefinition())
		require.NoError(t, err)
		h.header.Settings.Health.Definitions = h.directory.TakeNew()
		if i == 0 {
			h.writer, err = Create(path, h.header, h.directory, limits)
			require.NoError(t, err)
		}
		h.machine = h.header.Agent(h.directory)
		for timer := range h.alarms {
			h.alarms[timer] = clock.Never
		}
		s.hosts = append(s.hosts, h)
	}
	return s
}

// play records a life: two servers find each other, origins fail, one is registered and removed,
// one server says something else of itself, and leaves.
func (s *stage) play() {
	alpha, beta := s.hosts[0], s.hosts[1]
	alpha.start()
	beta.start()
	s.advance(3 * time.Second)
	for i := range 5 {
		target := fmt.Sprintf("10.0.0.%d:80", 1+i)
		alpha.down[target], beta.down[target] = true, true
	}
	s.advance(5 * time.Second)
	number, err := beta.directory.Origin(names.Origin{Service: "api", Target: "a:1"})
	require.NoError(s.t, err)
	by, err := beta.directory.Definition("api", health.DefaultDefinition())
	require.NoError(s.t, err)
	beta.define()
	beta.machine.Register(s.now, number, by, &beta.out)
	beta.carryOut()
	s.advance(3 * time.Second)
	alpha.describe([]byte("another"))
	known, found := alpha.directory.Find(names.Origin{Service: "api", Target: "a:1"})
	require.True(s.t, found, "the registration has spread")
	alpha.register(known, 0)
	alpha.unregister(known)
	s.advance(2 * time.Second)
	alpha.leave()
	s.advance(time.Second)
}

// advance plays for a while.
func (s *stage) advance(d time.Duration) {
	for end := s.now.Add(d); ; {
		h, timer := s.earliest()
		if h == nil || h.alarms[timer] > end {
			s.now = end
			return
		}
		s.now = max(s.now, h.alarms[timer])
		h.alarms[timer] = clock.Never
		h.wake(timer)
		for len(s.queue) > 0 {
			act := s.queue[0]
			s.queue = s.queue[1:]
			act()
		}
	}
}

func (s *stage) earliest() (next *host, timer node.TimerID) {
	at := clock.Never
	for _, h := range s.hosts {
		for t, alarm := range h.alarms {
			if alarm < at {
				next, timer, at = h, node.TimerID(t), alarm
			}
		}
	}
	return next, timer
}

func (s *stage) find(id node.ID) *host {
	for _, h := range s.hosts {
		if h.header.Number == id {
			return h
		}
	}
	return nil
}

// recorded returns the path of a recorded life, closed.
func recorded(t testing.TB, limits Limits) (path string) {
	path = filepath.Join(t.TempDir(), "life")
	s := newStage(t, path, limits)
	s.play()
	require.NoError(t, s.hosts[0].writer.Close())
	return path
}

// replayed returns what came of replaying a recording.
func replayed(t testing.TB, path string) (Result, error) {
	r, err := Open(path)
	if err != nil {
		return Result{}, err
	}
	defer r.Close()
	result, err := Replay(r, nil)
	if err != nil {
		require.Zero(t, result)
	}
	return result, err
}
