package hunt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
)

// request has the names of the command's flags.
func request(seeds, count, shard string) *hunt.Request {
	return &hunt.Request{
		Seeds: hunt.Wish{Name: "-seeds", Word: seeds},
		Count: hunt.Wish{Name: "-n", Word: count},
		Shard: hunt.Wish{Name: "-shard", Word: shard},
	}
}

func TestPlansAskedForInWords(t *testing.T) {
	for _, c := range []struct {
		request *hunt.Request
		want    hunt.Plan
	}{
		{request("", "", ""), hunt.Plan{First: 1, Last: 100}},
		{request("", "7", ""), hunt.Plan{First: 1, Last: 7}},
		{request("0x10-32", "", "2/3"), hunt.Plan{First: 16, Last: 32, Shard: 2, Shards: 3}},
	} {
		plan, err := c.request.Plan(100)
		require.NoError(t, err)
		require.Equal(t, c.want, plan)
	}
	require.False(t, request("", "", "1/2").GivesSeeds(), "a shard says nothing of which")
	require.True(t, request("", "7", "").GivesSeeds())
}

func TestBadRequestsAreNamed(t *testing.T) {
	for want, r := range map[string]*hunt.Request{
		"-seeds and -n exclude each other": request("1", "1", ""),
		"-seeds \"x\" is no seed":          request("x", "", ""),
		"-n 0: expected a whole number":    request("", "0", ""),
		"-shard \"4/3\" is no shard":       request("", "", "4/3"),
		"the first is above the last":      request("3-2", "", ""),
	} {
		_, err := r.Plan(100)
		require.ErrorContains(t, err, want)
	}
}

// What is too large is not said to be too small.
func TestTooManySeedsAreCalledTooMany(t *testing.T) {
	for _, word := range []string{"1099511627777", "99999999999999999999"} {
		_, err := request("", word, "").Plan(100)
		require.EqualError(t, err, "-n "+word+": expected a whole number of at most 1099511627776")
	}
}
