package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/fidelity"
)

func TestOriginsAnswerUntilTheyFail(t *testing.T) {
	o, err := openOrigins(loopback, 2)
	require.NoError(t, err)
	before := instant(time.Now())
	status := func(number int) int {
		answer, err := http.Get("http://" + o.targets[number] + "/")
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return answer.StatusCode
	}
	require.Equal(t, http.StatusOK, status(1))
	o.fail(1)
	require.Equal(t, http.StatusServiceUnavailable, status(1))
	require.Equal(t, http.StatusOK, status(0))
	checks := o.checks()
	require.Len(t, checks, 3)
	for i, number := range []uint32{1, 1, 0} {
		require.Equal(t, number, checks[i].Origin)
		require.GreaterOrEqual(t, checks[i].At, before)
	}
	require.NoError(t, o.close())
	_, err = http.Get("http://" + o.targets[0] + "/")
	require.Error(t, err)
}

func TestOriginsFileHasAllTargets(t *testing.T) {
	config := fidelity.DefaultConfig()
	entries := originsFileOf([]string{"127.0.0.1:1", "127.0.0.1:2"}, config.Check()).Entries()
	require.Len(t, entries, 2)
	require.Equal(t, "127.0.0.1:2", entries[1].Target)
	require.Equal(t, serviceName, entries[1].Service)
}
