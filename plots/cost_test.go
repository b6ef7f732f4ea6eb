package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestCostSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, costs()), []string{
		"Multicast pays for every pair", "10 updates a second.",
		"Bytes that all servers together send for an update", "bytes (log)",
		"Messages that all servers together send for an update", "messages (log)", "100,000",
		"Bytes that each server sends in a second without an update", "bytes/s (log)",
		"pull", "push", "push-pull", "full state", "multicast", "servers (log)", "8", "512",
	})
	requireLegible(t, costs())
}

func TestCostTakesRowsInAnyOrder(t *testing.T) {
	c := &Cost{Rows: []CostRow{{"b", 64, 1, 10, 5, 1}, {"a", 8, 2, 20, 5, 1}, {"b", 8, 3, 30, 5, 2}}}
	require.Equal(t, []string{"b", "a"}, c.designs())
	require.Equal(t, []float64{8, 64}, c.sizes())
	require.Equal(t, plotter.XYs{{X: 8, Y: 30}, {X: 64, Y: 10}}, c.of("b", bytesPerUpdate))
	requireLegible(t, c)
}

// Nothing costs nothing, and a logarithmic axis has no place for it.
func TestAxesOfCostsBeginAtAPowerOfTen(t *testing.T) {
	c := &Cost{Rows: []CostRow{{"a", 8, 30, 500, 70, 42}, {"b", 64, 3000, 7000, 900, 800}}}
	for quantity, least := range map[string]float64{"messages": 10, "bytes": 100, "idle": 10} {
		p := c.panel("", "", map[string]func(*CostRow) float64{
			"messages": messagesPerUpdate, "bytes": bytesPerUpdate, "idle": idleBytes,
		}[quantity])
		require.InDelta(t, least, p.plot.Y.Min, 1e-9, quantity)
		require.Equal(t, least, p.plot.Y.Tick.Marker.Ticks(p.plot.Y.Min, p.plot.Y.Max)[0].Value)
	}
}

func TestCostRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Cost{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for want, spoil := range map[string]func(r *CostRow){
		"nobody to tell among 1 servers": func(r *CostRow) { r.Servers = 1 },
		"pull, 8 servers: 0 messages":    func(r *CostRow) { r.MessagesPerUpdate = 0 },
		"NaN bytes an update":            func(r *CostRow) { r.BytesPerUpdate = math.NaN() },
		"update, 0 bytes a second":       func(r *CostRow) { r.BytesPerNodeSecond = 0 },
		"and 0 without an update":        func(r *CostRow) { r.IdleBytesPerNodeSecond = 0 },
	} {
		c := costs()
		spoil(&c.Rows[0])
		_, err := c.Figure()
		require.ErrorContains(t, err, want)
	}
}

func TestTableOfCosts(t *testing.T) {
	c := &Cost{Rows: []CostRow{{"full state", 64, 128.5, 4e6, 1300, 1200.25}}}
	require.Equal(t, []string{
		"design,n,messages_per_update,bytes_per_update,bytes_per_node_second,idle_bytes_per_node_second",
		"full state,64,128.5,4000000,1300,1200.25",
	}, table(t, c))
}
