package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
)

// "Server i at the place i of Places, which begin anew at their end."
func TestServersStandAtPlacesInTurn(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10)})
	require.Nil(t, s.Where())
	s.Places = []string{"osaka", "tokyo"}
	require.NoError(t, s.Validate())
	require.Equal(t, 4500*time.Microsecond, s.Where().OneWay(0, 3))
	require.Zero(t, s.Where().OneWay(0, node.ID(4)))
}

func TestInvalidPlacesAreNamed(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10)})
	s.Places = []string{"osaka", "atlantis"}
	require.ErrorContains(t, s.Validate(), `places[1]: "atlantis", expected a city`)
	s.Places = make([]string, 101)
	require.EqualError(t, s.Validate(), "places: 101, expected at most 100")
}

// The promises are made for a network that is near enough, and for a carrier with a key.
func TestWorseThanKnowsDistancesAndBareCarriers(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10)})
	s.Places = []string{"chennai", "sao-paulo"}
	require.Empty(t, s.WorseThan(1000, 200*time.Millisecond))
	require.Equal(t, "the promises are made for one-way delays below 184ms, this is 184.5ms",
		s.WorseThan(1000, 184*time.Millisecond))
	s.Latency.Latency = netmodel.Constant(20 * time.Millisecond)
	require.NotEmpty(t, s.WorseThan(1000, 200*time.Millisecond), "both together")
	s.BareCarrier = true
	require.Equal(t, "the promises are made for a carrier that refuses what is damaged or forged",
		s.WorseThan(1000, time.Second))
}
