package routing

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const modelOrigins = 9

// input is one call of a table, some time after the one before. Whatever has become due by then is
// done late.
type input struct {
	kind    inputKind
	after   time.Duration
	origin  uint32
	pool    uint32
	weight  uint16
	healthy bool
}

type inputKind int

const (
	inputSet inputKind = iota
	inputWake
	inputAdd
	inputRemove
)

func drawInput(t *rapid.T) input {
	kinds := []inputKind{inputSet, inputSet, inputSet, inputSet, inputWake, inputAdd, inputRemove}
	return input{
		kind:    rapid.SampledFrom(kinds).Draw(t, "kind"),
		after:   rapid.SampledFrom([]time.Duration{0, 0, 0, second, 2 * second, 4 * second}).Draw(t, "after"),
		origin:  rapid.Uint32Range(0, modelOrigins-1).Draw(t, "origin"),
		pool:    rapid.Uint32Range(0, naivePools-1).Draw(t, "pool"),
		weight:  rapid.Uint16Range(0, 3).Draw(t, "weight"),
		healthy: rapid.Bool().Draw(t, "healthy"),
	}
}

func drawConfig(t *rapid.T) Config {
	seconds := func(name string, most int) time.Duration {
		return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * second
	}
	percent := func(name string) rng.PPM {
		return rng.Percent(rapid.SampledFrom([]int{0, 25, 50, 60, 100}).Draw(t, name))
	}
	config := Config{
		PanicPPM: percent("panic"), ChurnPPM: percent("churn"),
		ChurnWindow: seconds("window", 6), Debounce: seconds("debounce", 4),
		Forgiveness: seconds("forgiveness", 8),
	}
	config.LongestDebounce = config.Debounce + seconds("longest", 8)
	return config
}

// The table agrees with the naive one after every input: on who is routed, who panics and when
// there is something to do next; and a reader of its events agrees with both.
func TestTableIsTheNaiveOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		config := drawConfig(rt)
		inputs := rapid.SliceOfN(rapid.Custom(drawInput), 1, 200).Draw(rt, "inputs")
		require.NoError(rt, config.Validate())
		table, model := New(config, modelOrigins), newNaive(config, modelOrigins)
		reader := slices.Repeat([]bool{true}, modelOrigins)
		for origin := range uint32(modelOrigins) {
			table.Add(0, origin, origin%2, 1)
			model.add(0, origin, origin%2, 1)
		}
		now := clock.Time(0)
		for _, in := range inputs {
			now = now.Add(in.after)
			apply(table, model, now, in)
			read(rt, reader, table.TakeEvents())
			compare(rt, table, model, reader)
			requireSound(rt, table)
		}
	})
}

func apply(table *Table, model *naive, now clock.Time, in input) {
	table.Wake(now)
	model.settle(now)
	switch in.kind {
	case inputSet:
		table.Set(now, in.origin, in.healthy)
		model.set(now, in.origin, in.healthy)
	case inputAdd:
		table.Add(now, in.origin, in.pool, in.weight)
		model.add(now, in.origin, in.pool, in.weight)
	case inputRemove:
		table.Remove(now, in.origin)
		model.remove(now, in.origin)
	}
}

// read takes events, each of which must be a change.
func read(t require.TestingT, reader []bool, events []node.Event) {
	for _, e := range events {
		require.Equal(t, node.Routed, e.Kind)
		require.NotEqual(t, reader[e.Subject], e.A == 1, "origin %d is said to be so twice", e.Subject)
		reader[e.Subject] = e.A == 1
	}
}

func compare(t require.TestingT, table *Table, model *naive, reader []bool) {
	for origin := range uint32(modelOrigins) {
		require.Equal(t, model.routed(origin), table.Routed(origin), "origin %d is routed", origin)
		require.Equal(t, table.Routed(origin), reader[origin], "origin %d was said to be", origin)
	}
	for pool := range uint32(naivePools) {
		require.Equal(t, model.panicking(pool), table.Panicking(pool), "pool %d panics", pool)
	}
	require.Equal(t, model.next(), table.Next(), "next")
}

// requireSound demands what the package documentation says always holds.
func requireSound(t require.TestingT, table *Table) {
	for number := range table.pools {
		requireSums(t, table, uint32(number))
		requireLine(t, table, uint32(number))
	}
	requireHeap(t, table)
	requireWaits(t, table)
}

// requireWaits demands that those that wait have a wait each, and no others any.
func requireWaits(t require.TestingT, table *Table) {
	used := slices.Clone(table.waits.free)
	for i := range table.origins {
		o := &table.origins[i]
		require.Equal(t, o.state.waits(), o.wait != 0)
		if o.wait != 0 {
			used = append(used, o.wait)
		}
	}
	slices.Sort(used)
	require.Len(t, slices.Compact(used), len(table.waits.all)-1)
	require.Zero(t, table.waits.all[0], "it is of nobody")
}

func requireHeap(t require.TestingT, table *Table) {
	for place, d := range table.due {
		require.EqualValues(t, place+1, table.wait(d.origin).place)
		require.False(t, place > 0 && d.before(table.due[(place-1)/2]), "the heap is out of order")
	}
}

// requireSums adds a pool up again.
func requireSums(t require.TestingT, table *Table, number uint32) {
	p := &table.pools[number]
	var weight, available, routed uint32
	for slot, origin := range p.members {
		o := &table.origins[origin]
		require.Equal(t, number, o.pool)
		require.EqualValues(t, slot, o.slot)
		weight += uint32(o.weight)
		if o.state == serving {
			available += uint32(o.weight)
		}
		for range table.share(origin) {
			require.Equal(t, slot, p.lots.find(routed), "unit %d of pool %d", routed, number)
			routed++
		}
	}
	require.Equal(t, []uint32{weight, available, routed}, []uint32{p.weight, p.available, p.routed})
	require.False(t, weight > 0 && table.config.PanicPPM > 0 && routed == 0,
		"requests to pool %d go nowhere", number)
}

// requireLine walks a pool's line: exactly those that wait to leave, and the first has an alarm.
func requireLine(t require.TestingT, table *Table, number uint32) {
	p := &table.pools[number]
	waiting, ahead := 0, link(0)
	for at := p.first; at != 0; at = table.wait(at.origin()).behind {
		o := &table.origins[at.origin()]
		require.Equal(t, leaving, o.state)
		require.Equal(t, number, o.pool)
		require.Equal(t, ahead, table.wait(at.origin()).ahead)
		require.Equal(t, ahead == 0, table.wait(at.origin()).place > 0)
		ahead, waiting = at, waiting+1
	}
	require.Equal(t, p.last, ahead)
	for _, origin := range p.members {
		if table.origins[origin].state == leaving {
			waiting--
		}
	}
	require.Zero(t, waiting)
}
