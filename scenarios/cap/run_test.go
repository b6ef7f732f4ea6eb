package cap

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// short is a scenario of the catalogue in two thirds of its time.
func short(t *testing.T, name string) scenarios.Scenario {
	for _, s := range scenarios.Caps() {
		if s.Name == name {
			require.NoError(t, s.Set("duration=2m"))
			require.NoError(t, s.Validate())
			return s
		}
	}
	t.Fatalf("there is no %s", name)
	return scenarios.Scenario{}
}

// "Every client is served; the map's history is not linearizable; the same seat is sold twice."
func TestTheMapIsAvailable(t *testing.T) {
	for seed := range uint64(3) {
		result := Build(short(t, "cap-available"), seed, Options{}).Run()
		require.Equal(t, world.Pass, result.Verdict, "%v %v", result.Violations, result.Sometimes)
		require.Zero(t, result.Metrics["linearizable"])
		require.Positive(t, result.Metrics["seats_sold_twice"])
		require.EqualValues(t, Total, result.Metrics["availability"])
		require.Equal(t, 1.0, result.Metrics["served_ratio_majority"])
		require.Equal(t, 1.0, result.Metrics["served_ratio_minority"])
		require.Zero(t, result.Metrics["operations_unserved"])
	}
}

// "Raft's is linearizable while the minority's clients wait; never the same seat twice."
func TestTheLogIsConsistent(t *testing.T) {
	for seed := range uint64(2) {
		result := Build(short(t, "cap-consistent"), seed, Options{}).Run()
		require.Equal(t, world.Pass, result.Verdict, "%v %v", result.Violations, result.Sometimes)
		require.Equal(t, 1.0, result.Metrics["linearizable"])
		require.Zero(t, result.Metrics["seats_sold_twice"])
		require.EqualValues(t, Unavailable, result.Metrics["availability"])
		require.Greater(t, result.Metrics["served_ratio_majority"], 0.9, "but for an election")
		require.Zero(t, result.Metrics["served_ratio_minority"])
	}
}

// "Reading one's own writes is possible for who stays" (Bailis et al., section 5.1.3).
func TestOwnWritesNeedAServerToStayWith(t *testing.T) {
	result := Build(short(t, "cap-sticky"), 1, Options{}).Run()
	require.Equal(t, world.Pass, result.Verdict, "%v %v", result.Violations, result.Sometimes)
	require.EqualValues(t, Sticky, result.Metrics["availability"])
	require.Zero(t, result.Metrics["linearizable"])
}

// Nothing else is known to make the log inconsistent: crashes, pauses and loss do not.
func TestTheLogIsConsistentWhateverFails(t *testing.T) {
	s := short(t, "cap-consistent")
	s.LossPPM = rng.Percent(5)
	at := func(from, length time.Duration, kind scenarios.FaultKind, hosts ...node.ID) {
		s.Faults = append(s.Faults, scenarios.Fault{
			Kind: kind, At: scenarios.Span(from), For: scenarios.Span(length), Hosts: hosts,
		})
	}
	s.Faults = nil
	at(15*time.Second, 5*time.Second, scenarios.Crash, 0)
	at(30*time.Second, 8*time.Second, scenarios.Pause, 1, 2)
	at(45*time.Second, 10*time.Second, scenarios.Partition, 3)
	at(60*time.Second, 5*time.Second, scenarios.Crash, 1)
	for seed := range uint64(2) {
		result := Build(s, seed, Options{}).Run()
		require.Empty(t, result.Violations)
		require.Greater(t, result.Metrics["operations"], 1000.0)
	}
}

func TestRunsAreEqualToTheBit(t *testing.T) {
	for _, s := range scenarios.Caps() {
		s = short(t, s.Name)
		options := Options{}
		plain, divergence := Verify(s, 3, func() Options { return options })
		require.Nil(t, divergence, s.Name)
		options = Options{Codec: true, PlainHeap: true}
		other := Build(s, 3, options)
		require.Equal(t, plain, other.Run(), s.Name)
		require.Equal(t, other.Ends(), other.Now())
	}
}

// sabotaged builds a run of a scenario with servers that are not made for it.
func sabotaged(
	s scenarios.Scenario, server func(node.ID, rng.Rand) node.Machine[Message],
) *world.Result {
	p := newPlan(s, 1)
	spec := p.spec(Options{})
	build := spec.Machine
	spec.Machine = func(host node.ID, rand rng.Rand) node.Machine[Message] {
		if int(host) < s.Servers {
			return server(host, rand)
		}
		return build(host, rand)
	}
	return world.New(spec).Run()
}

func violated(result *world.Result) (properties []string) {
	for _, v := range result.Violations {
		properties = append(properties, v.Property)
	}
	return properties
}

// The promises of each are broken by the servers of the other.
func TestEachBreaksThePromisesOfTheOther(t *testing.T) {
	result := sabotaged(short(t, "cap-consistent"), func(id node.ID, rand rng.Rand) node.Machine[Message] {
		return newCopyServer(id, 5, rand)
	})
	require.Equal(t, []string{PropertyLinearizable, PropertySeats}, violated(result))
	result = sabotaged(short(t, "cap-available"), func(id node.ID, rand rng.Rand) node.Machine[Message] {
		return newLogServer(id, 5, 2*time.Second, rand)
	})
	require.Equal(t, []string{PropertyServed}, violated(result))
}

// mute is a copy that does not gossip.
type mute struct{ *copyServer }

func (m mute) Wake(clock.Time, node.TimerID, *effects) {}

func TestCopiesThatDoNotGossipDoNotConverge(t *testing.T) {
	result := sabotaged(short(t, "cap-available"), func(id node.ID, rand rng.Rand) node.Machine[Message] {
		return mute{newCopyServer(id, 5, rand)}
	})
	require.Equal(t, []string{checkers.PropertyConvergence}, violated(result))
}

// "The counterexample is written as porcupine's HTML page with the partition as an annotation."
func TestThePageShowsTheCounterexampleAndThePartition(t *testing.T) {
	run := Build(short(t, "cap-available"), 1, Options{})
	run.Run()
	var first, second bytes.Buffer
	require.NoError(t, run.Page(&first))
	require.NoError(t, run.Page(&second))
	require.Equal(t, first.String(), second.String())
	require.Contains(t, first.String(), "<html")
	require.Contains(t, first.String(), "servers are cut off from each other from 40.000s to 80.000s")
	found := run.verdict.found
	require.False(t, found.linearizable)
	require.GreaterOrEqual(t, len(found.operations), 2)
}

// Clients are cut off together with their homes, and only those.
func TestClientsAreCutOffWithTheirHomes(t *testing.T) {
	s := short(t, "cap-available")
	p := newPlan(s, 1)
	require.Equal(t, []node.ID{0, 1, 5, 6, 10, 11}, p.faults()[0].Hosts)
	require.Equal(t, []node.ID{0, 1}, s.Faults[0].Hosts)
}

func TestRunsThatAreTooShortAreVacuous(t *testing.T) {
	s := short(t, "cap-available")
	s.Duration = s.Healed() + scenarios.Span(Settle(&s))
	require.Equal(t, world.Pass, Build(s, 1, Options{}).Run().Verdict)
	s.Duration--
	require.Equal(t, world.Vacuous, Build(s, 1, Options{}).Run().Verdict)
}
