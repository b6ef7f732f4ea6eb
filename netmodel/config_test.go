package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

func TestConfigValidate(t *testing.T) {
	good := datacentre()
	require.NoError(t, good.Validate())
	require.NoError(t, (&netmodel.Config{}).Validate())
}

func TestConfigValidateSaysAllThatIsWrong(t *testing.T) {
	bad := netmodel.Config{
		Latency: netmodel.Uniform(2, 1), Loss: rng.Always + 1, Duplicate: 2 * rng.Always,
		Reorder: 3 * rng.Always, ReorderBy: -time.Second, MTU: -1, Bandwidth: -2,
		RetransmitTimeout: 2 * time.Hour, CallLoss: 4 * rng.Always,
	}
	require.EqualError(t, bad.Validate(), `latency 2ns..1ns: 2ns is more than 1ns
loss: 100.0001% is more than 100%
duplicate: 200% is more than 100%
reorder: 300% is more than 100%
reorder-by: -1s is not from 0 to 1h0m0s
mtu: -1 is negative
bandwidth: -2 is negative
retransmit-timeout: 2h0m0s is not from 0 to 1h0m0s
call-loss: 400% is more than 100%`)
}
