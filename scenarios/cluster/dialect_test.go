package cluster

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// "A message of another version is refused by Parse", of either kind and either way, and says so; the
// versions differ in nothing else.
func TestParseRefusesTheOtherVersion(t *testing.T) {
	s := small(t, "mixed-versions")
	next := nextVersion(&s).Codec
	for _, m := range []wire.Message{
		{Kind: wire.Swim, Swim: swim.Message{Kind: swim.Ping, Sequence: 7, Origin: 1, Target: 2}},
		{Kind: wire.Gossip, Gossip: gossip.Message[uint32, origin.Value]{Kind: gossip.Pull}},
	} {
		today, tomorrow := wire.Append(nil, &m), next.Append(nil, &m)
		require.Equal(t, byte(wire.Version), today[0]>>4)
		require.Equal(t, byte(wire.Version+1), tomorrow[0]>>4)

		var got wire.Message
		require.ErrorContains(t, wire.Parse(tomorrow, &got), "version and kind")
		require.ErrorContains(t, next.Parse(today, &got), "version and kind")
		require.Error(t, next.Parse(nil, &got))

		require.NoError(t, next.Parse(tomorrow, &got))
		require.Equal(t, today, wire.Append(nil, &got))
	}
}

// "Accepted is nothing of the other version": where the parsers of both take what either sends, servers
// leave origins to others that are on no side of theirs, and the checkers see it.
func TestParsersThatMisreadTheOtherVersionAreFoundOut(t *testing.T) {
	c := plan(small(t, "mixed-versions", "duration=8m"), 1)
	require.Equal(t, world.Pass, c.play(c.spec()).Verdict)

	c = plan(small(t, "mixed-versions", "duration=8m"), 1)
	spec := c.spec()
	theirs := spec.Dialect.Codec.Parse
	either := func(b []byte, m *wire.Message) error {
		if wire.Parse(b, m) == nil {
			return nil
		}
		return theirs(b, m)
	}
	spec.Codec.Parse, spec.Dialect.Codec.Parse = either, either
	var broken []string
	for _, v := range c.play(spec).Violations {
		broken = append(broken, v.Property)
	}
	require.Subset(t, broken, []string{checkers.PropertyAtLeastOne, checkers.PropertyOwnership})
}

// "Those who are so from the start have seeds of their own", and know the others': who is upgraded joins
// by them. While versions are compatible all join by the same.
func TestAnotherVersionHasSeedsOfItsOwn(t *testing.T) {
	s := small(t, "mixed-versions", "servers=12")
	config, any, err := OtherConfig(&s)
	require.NoError(t, err)
	require.True(t, any)
	require.Equal(t, []node.ID{0, 1, 2, 8, 9, 10}, config.Swim.Seeds)
	require.Equal(t, config.Swim.Seeds, plan(s, 1).origins().Seeds)
	require.Equal(t, config.Swim.Seeds, plan(s, 1).spec().Seeds, "all of them are found where they are")
	require.Equal(t, []node.ID{0, 1, 2}, Config(&s).Swim.Seeds)

	s.Other.SharePPM = rng.Always
	require.Equal(t, []node.ID{0, 1, 2}, seedsOf(&s))
	s.Other.SharePPM, s.Other.Incompatible = rng.Percent(34), false
	require.Equal(t, []node.ID{0, 1, 2}, seedsOf(&s))
}

// While a cluster is upgraded to another version it falls into two, one server after the other; when all
// are upgraded they are one again.
func TestAfterTheUpgradeAllAreOneAgain(t *testing.T) {
	s := small(t, "version-upgrade", "duration=9m")
	var sides []int
	r := Build(s, 1, Options{Extra: []checkers.Checker{checkers.Always("sides are counted",
		checkers.Reachability, func(o *checkers.Observation, view checkers.View) error {
			if o.At.Since() > startSpread && (sides == nil || sides[len(sides)-1] != view.Sides()) {
				sides = append(sides, view.Sides())
			}
			return nil
		})}}).Run()
	require.Equal(t, world.Pass, r.Verdict, "%v", r.Violations)
	require.Equal(t, []int{1, 2, 1}, sides)
	require.Contains(t, r.Faults[0].Effect, "6 came back upgraded")
	require.Contains(t, r.Faults[0].Effect, "foreign messages refused")
}

// Who is alone with its version is missed by nobody, and neither is who crashes in the middle of an
// upgrade; a run without such a detection proves no less.
func TestACrashIsNoticedByTheSameVersionOnly(t *testing.T) {
	crash := func(host node.ID) scenarios.Fault {
		return scenarios.Fault{
			Kind: scenarios.Crash, At: 2 * minute, For: 2 * minute, Hosts: []node.ID{host},
		}
	}
	upgrade := func(at scenarios.Span) scenarios.Fault {
		return scenarios.Fault{
			Kind: scenarios.Upgrade, At: at, For: second, Hosts: []node.ID{4},
		}
	}
	for _, c := range []struct {
		faults  []scenarios.Fault
		noticed bool
		why     string
	}{
		{[]scenarios.Fault{crash(0)}, true, "by four others"},
		{[]scenarios.Fault{crash(5)}, false, "nobody else speaks as server 5 does"},
		{[]scenarios.Fault{crash(5), upgrade(minute / 2)}, true, "but server 4 once it has been upgraded"},
		{[]scenarios.Fault{crash(5), upgrade(2*minute - second)}, false, "not so soon"},
		{[]scenarios.Fault{crash(0), upgrade(2*minute + second)}, false, "the versions part meanwhile"},
	} {
		s := small(t, "mixed-versions", "duration=8m")
		s.Storm, s.Faults, s.Other.SharePPM = nil, c.faults, rng.Percent(20)
		p := plan(s, 1)
		require.Equal(t, c.noticed, p.noticed(&p.scenario.Faults[0]), c.why)
	}
}
