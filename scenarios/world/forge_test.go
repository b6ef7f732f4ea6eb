package world_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// forging is a story in which an outsider sends host 1 of two 100 datagrams a second for 20 s.
func forging(parsed *[]string) *story {
	s := tell(chat).fault(scenarios.Forge, 105*ms, 20*time.Second, 1)
	s.last().PerSecond = 100
	s.Duration = 21 * time.Second
	s.Codec = noteCodec(parsed)
	s.Codec.DamagedOnly = true
	return s
}

// "A carrier with a key refuses them all", and the parser sees them all.
func TestForgedDatagramsAreRefused(t *testing.T) {
	var parsed []string
	s := forging(&parsed)
	r := s.run()
	clean := tell(chat)
	clean.Duration = s.Duration
	clean.run()
	require.Equal(t, clean.lines, s.lines, "nothing else happens")
	require.Len(t, parsed, 1999, "the next would be due when it is over")
	notes := 0
	for _, text := range parsed {
		if _, err := strconv.Atoi(text); err == nil {
			notes++
		}
	}
	require.Equal(t, "1999 datagrams forged, "+strconv.Itoa(notes)+" of them well-formed", effect(r))
	// A quarter of 1,999 are repeated, 500 with a standard deviation of 19, and more are well-formed
	// by chance.
	require.Greater(t, notes, 400)
	require.Less(t, notes, 1500)
}

// "Noise, datagrams that were cut short or altered, and datagrams as they were sent before."
func TestAnOutsiderForgesInFourWays(t *testing.T) {
	var parsed []string
	forging(&parsed).run()
	long, whole := 0, 0
	for _, text := range parsed {
		n, err := strconv.Atoi(text)
		switch {
		case len(text) > 10:
			long++
		case err == nil && n >= 10 && n <= 2100:
			whole++
		}
	}
	require.InDelta(t, 500, long, 5*19+20, "noise, but for what is as short as a note")
	require.Greater(t, whole, 400)
}

// "One that is bare delivers what parses", in the name of whom it claims to be from.
func TestABareCarrierDeliversWhatParses(t *testing.T) {
	var parsed []string
	s := forging(&parsed)
	s.BareCarrier = true
	s.run()
	forged := 0
	for _, text := range parsed {
		if _, err := strconv.Atoi(text); err == nil {
			forged++
		}
	}
	sent := 2099
	require.Len(t, numbers(s.lines, 1), sent+forged)
	require.Len(t, numbers(s.lines, 0), sent)
}

// On a bare carrier damaged datagrams arrive when undamaged ones would.
func TestABareCarrierDeliversWhatIsDamaged(t *testing.T) {
	var parsed []string
	s := tell(chat).fault(scenarios.Corrupt, 5*ms, 900*ms)
	s.last().SharePPM = rng.Always
	s.Codec = noteCodec(&parsed)
	s.Codec.DamagedOnly, s.BareCarrier = true, true
	s.Network.Latency = netmodel.Constant(3 * ms)
	s.run()
	got := numbers(s.lines, 0)
	require.NotEmpty(t, got)
	for _, line := range s.lines {
		if strings.Contains(line, " from ") && !strings.HasPrefix(line, "9") {
			require.Contains(t, line, "3ms ", "sent at a multiple of 10 ms")
		}
	}
}

// What outsiders do is no business of the machines' luck, and it does not depend on who else does.
func TestOutsidersHaveLuckOfTheirOwn(t *testing.T) {
	var one, two []string
	forging(&one).run()
	s := forging(&two)
	s.fault(scenarios.Loss, 200*ms, 300*ms).last().LossPPM = rng.Percent(50)
	s.run()
	require.Equal(t, one, two, "it overhears what is sent, whatever becomes of it")
}

func TestForgingNeedsACodec(t *testing.T) {
	s := tell(nil).fault(scenarios.Forge, 10*ms, 10*ms, 1)
	require.EqualError(t, s.Validate(), "fault 1: kind: forge needs a codec")
}

// A host that is alone has nobody in whose name to speak to it.
func TestNobodyForgesToASingleHost(t *testing.T) {
	var parsed []string
	s := forging(&parsed)
	s.Hosts, s.Faults[0].Hosts = 1, []node.ID{0}
	s.Machine = tell(nil).Machine
	require.Empty(t, effect(world.New(s.Spec).Run()))
}
