package spread

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

var modes = map[string]gossip.Mode{
	"pull": gossip.PullMode, "push": gossip.PushMode, "push-pull": gossip.PushPullMode,
}

var timers = map[string]gossip.Timer{
	"sync": gossip.Aligned, "periodic": gossip.Phased, "poisson": gossip.Poisson,
}

// row is one row of a table in testdata, by column.
type row map[string]string

// table reads a table. Its lines that begin with # say where it is from.
func table(t *testing.T, name string) (rows []row) {
	file, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	require.NoError(t, err)
	for _, line := range lines[1:] {
		r := row{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

func (r row) number(t *testing.T, column string) float64 {
	x, err := strconv.ParseFloat(r[column], 64)
	require.NoError(t, err, column)
	return x
}

func (r row) count(t *testing.T, column string) int { return int(r.number(t, column)) }

func (r row) share(t *testing.T, column string) rng.PPM {
	share, err := rng.ParsePPM(r[column])
	require.NoError(t, err, column)
	return share
}

// simulated is one row of the table of simulations.
type simulated struct {
	plan Plan
	estimate
	formula string // empty if there is none
}

// simulations returns the rows that are asked for.
func simulations(t *testing.T, wanted func(p *Plan) bool) (rows []simulated) {
	for _, r := range table(t, "simulated.csv") {
		s := simulated{
			plan: Plan{
				Mode: modes[r["mode"]], Timer: timers[r["timer"]], Servers: r.count(t, "n"),
				Loss: r.share(t, "loss"), FanOut: r.count(t, "fanout"), Latency: r.share(t, "latency"),
			},
			estimate: estimate{r.number(t, "mean"), r.number(t, "sd"), r.count(t, "trials")},
			formula:  r["formula"],
		}
		if wanted(&s.plan) {
			rows = append(rows, s)
		}
	}
	require.NotEmpty(t, rows)
	return rows
}
