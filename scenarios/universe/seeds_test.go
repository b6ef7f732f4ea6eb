package universe

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

// ask chooses with an environment of pairs of names and values.
func ask(q request, environment ...string) (choice, error) {
	q.environment = func(name string) string {
		for i := 0; i < len(environment); i += 2 {
			if environment[i] == name {
				return environment[i+1]
			}
		}
		return ""
	}
	return q.choose()
}

func TestWhichSeeds(t *testing.T) {
	for _, c := range []struct {
		request     request
		environment []string
		want        hunt.Plan
		whole       bool
	}{
		{request{}, nil, hunt.Plan{First: 1, Last: 100}, true},
		{request{seeds: 7}, nil, hunt.Plan{First: 1, Last: 7}, true},
		{request{seeds: 7, short: true}, nil, hunt.Plan{First: 1, Last: 7}, false},
		{request{short: true}, nil, hunt.Plan{First: 1, Last: 10}, false},
		{request{short: true}, []string{countTwin, "30"}, hunt.Plan{First: 1, Last: 30}, true},
		{request{}, []string{seedsTwin, "0x10-20"}, hunt.Plan{First: 16, Last: 20}, true},
		{request{}, []string{seedsTwin, "5-9", shardTwin, "2/3"},
			hunt.Plan{First: 5, Last: 9, Shard: 2, Shards: 3}, true},
		{request{run: "TestX/seed=0x00000000000000ff$"}, []string{seedsTwin, "1-9"},
			hunt.Plan{First: 255, Last: 255}, false},
		{request{run: "TestX/seed=0x"}, nil, hunt.Plan{First: 1, Last: 100}, true},
	} {
		got, err := ask(c.request, c.environment...)
		require.NoError(t, err)
		require.Equal(t, []hunt.Plan{c.want}, got.plans, "%+v", c)
		require.Equal(t, c.whole, got.whole, "%+v", c)
		require.Equal(t, rng.Always, got.recheck)
	}
	two := request{run: "^A$/^seed=0x0000000000000003|seed=0x0000000000000001$"}
	got, err := ask(two, recheckTwin, "5%")
	require.NoError(t, err)
	require.Equal(t, []hunt.Plan{{First: 3, Last: 3}, {First: 1, Last: 1}}, got.plans)
	require.Equal(t, rng.Percent(5), got.recheck)
}

// The name of a subtest is what -run takes.
func TestASubtestIsNamedAfterItsSeed(t *testing.T) {
	require.Equal(t, "seed=0x000000000000002a", subtest(42))
	require.Equal(t, []hunt.Seed{42}, namedSeeds("^TestX$/^"+subtest(42)+"$"))
}

func TestBadEnvironmentsAreNamed(t *testing.T) {
	for want, environment := range map[string][]string{
		"BUTTERFLY_SEEDS and BUTTERFLY_N exclude each other": {seedsTwin, "1", countTwin, "1"},
		"BUTTERFLY_SEEDS \"x\" is no seed":                   {seedsTwin, "x"},
		"BUTTERFLY_N 0: expected a whole number":             {countTwin, "0"},
		"BUTTERFLY_SHARD \"4/3\" is no shard":                {shardTwin, "4/3"},
		"BUTTERFLY_RECHECK: \"much\" is not a share":         {recheckTwin, "much"},
		"the first is above the last":                        {seedsTwin, "3-2"},
	} {
		_, err := ask(request{}, environment...)
		require.ErrorContains(t, err, want)
	}
}
