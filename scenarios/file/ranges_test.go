package file_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

const swarm = `name: swarm
servers: 5-12
origins: 50-500
unregistered: 40
merge: siblings
duration: 10m
latency: 500us
loss: 0%-5%
storm:
  from: 1m
  to: 5m
  crashes: 0-6
  pauses: 3
  losses: 1-2
`

func TestSwarmsAreInThisForm(t *testing.T) {
	s, err := file.Parse("swarm", []byte(swarm))
	require.NoError(t, err)
	require.Equal(t, swarm, string(file.Print(&s)))
	require.Equal(t, map[string]int{"crashes": 0, "losses": 1}, s.Storm.Least)
	require.Equal(t, &scenarios.Range[int]{Least: 50, Most: 500}, s.Vary.Origins)
	requireSame(t, s.Expand(1))
	schema := decoded(t)
	require.Empty(t, schema.invalid("", asJSON(t, []byte(swarm))))
}

func TestSwarmsOfTheWrongForm(t *testing.T) {
	requireRefusals(t, amended, map[string]string{
		"storm: {from: 1m, to: 2m, crashes: 6-0}": `6:36: storm.crashes: found "6-0", expected a whole ` +
			"number from 0 to 10000, or a range such as 0-6",
		"storm: {from: 1m, to: 2m, crashes: 0-2000}": "6:9: storm: 2000 faults of a kind, expected 0 to 1000",
		"origins: 50-": `3:10: origins: found "50-", expected a whole number from 1 to 1000000, or a range`,
	})
}
