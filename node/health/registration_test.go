package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// unregisteredDriver returns an active owner that knows no origin.
func unregisteredDriver(self node.ID) *driver {
	d := drive(New(DefaultConfig(), self, firstLife, 1, byID, rng.New(7)))
	d.Activate(0)
	return d
}

func TestAnOriginNotRegisteredIsNotChecked(t *testing.T) {
	d := unregisteredDriver(0)
	_, known := d.Known(0)
	require.False(t, known)
	require.Equal(t, clock.Never, d.Next())
	d.Register(0, 0, 0)
	definition, known := d.Known(0)
	require.True(t, known)
	require.Zero(t, definition)
	require.True(t, d.Checking(0))
	d.Unregister(0, 0)
	require.Equal(t, clock.Never, d.Next())
	require.Equal(t, []node.EventKind{node.CheckBegan, node.CheckEnded}, d.kinds())
}

// "a server that does not know an origin yet does no harm"
func TestClaimsOfAnOriginNotKnownAreKept(t *testing.T) {
	d := unregisteredDriver(1)
	d.MemberUp(0, 0, firstLife)
	d.claimed(0, firstLife, Healthy)
	d.MemberDown(0, 0)
	require.Equal(t, clock.Never, d.Next())
	require.Equal(t, Healthy, d.Status(0))
	d.Register(0, 0, 0)
	require.True(t, d.Checking(0))
	require.Equal(t, Healthy, d.Status(0), "taken over")
}

// "Members, registrations and claims may become known in any order." (package documentation)
func TestRegistrationsAndClaimsInEitherOrder(t *testing.T) {
	claimFirst := unregisteredDriver(1)
	claimFirst.MemberUp(0, 0, firstLife)
	claimFirst.claimed(0, firstLife, Healthy)
	claimFirst.Register(0, 0, 0)

	registrationFirst := unregisteredDriver(1)
	registrationFirst.MemberUp(0, 0, firstLife)
	registrationFirst.Register(0, 0, 0)
	require.Equal(t, clock.At(rankWait), registrationFirst.Next())
	registrationFirst.claimed(0, firstLife, Healthy)

	require.Equal(t, clock.Never, claimFirst.Next())
	require.Equal(t, clock.Never, registrationFirst.Next())
}

func TestAnotherDefinitionKeepsTheStatus(t *testing.T) {
	cfg := DefaultConfig()
	slow := DefaultDefinition()
	slow.Interval = time.Minute
	cfg.Definitions = append(cfg.Definitions, slow)
	d := drive(registered(cfg, 0, firstLife, 1, byID, 7))
	d.Activate(0)
	d.run(10 * time.Second)
	d.Register(d.now, 0, 1)
	d.Register(d.now, 0, 1)
	require.Equal(t, Healthy, d.Status(0))
	before := len(d.probes)
	d.run(10 * time.Minute)
	require.Len(t, d.probes, before+10)
	require.Equal(t, []node.EventKind{node.CheckBegan, node.HealthChanged}, d.kinds())
}

// redefined returns a server, not yet active and outranked by server 0, that has an origin by the
// first definition and may get it by the second, which has it probed ten times as often.
func redefined() *driver {
	cfg, often := DefaultConfig(), DefaultDefinition()
	often.Interval, often.Timeout = 100*time.Millisecond, 50*time.Millisecond
	cfg.Definitions = append(cfg.Definitions, often)
	d := drive(registered(cfg, 1, firstLife, 1, byID, 7))
	d.MemberUp(0, 0, firstLife)
	return d
}

// owner makes a server the owner, after a while in which its probes found something.
func (d *driver) owner(finds node.Outcome) {
	d.Activate(d.now)
	d.MemberDown(d.now, 0)
	d.finds = finds
	d.run(20 * time.Second)
}

// "Register tells that origin is to be checked by [...] another one than before": whatever this
// server does about the origin at the time.
func TestAnotherDefinitionCountsInEveryState(t *testing.T) {
	for name, prepare := range map[string]func(d *driver){
		"not active": func(*driver) {},
		"idle": func(d *driver) {
			d.Activate(0)
			d.claimed(0, firstLife, Healthy)
		},
		"waiting": func(d *driver) { d.Activate(0) },
		"about to check": func(d *driver) {
			d.Activate(0)
			d.MemberDown(0, 0)
		},
		"probing": func(d *driver) {
			d.owner(node.Succeeded)
			d.now = d.Next()
			d.Due(d.now)
		},
		"healthy":   func(d *driver) { d.owner(node.Succeeded) },
		"unable":    func(d *driver) { d.owner(node.Unable) },
		"lost":      func(d *driver) { d.owner(node.Failed) },
		"unhealthy": func(d *driver) { d.claimed(0, firstLife, Unhealthy); d.owner(node.Failed) },
		"in doubt": func(d *driver) {
			d.owner(node.Succeeded)
			d.finds = node.Failed
			d.run(3 * time.Second)
		},
	} {
		d := redefined()
		prepare(d)
		d.Register(d.now, 0, 1)
		d.owner(d.finds)
		d.probes = nil
		d.run(10 * time.Second)
		require.Len(t, d.probes, 100, name)
	}
}
