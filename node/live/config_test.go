package live

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/names"
	"butterfly/node/live/seal"
)

func soundConfig(t *testing.T) Config {
	ring, err := seal.NewKeyring("", nil)
	require.NoError(t, err)
	c := DefaultConfig()
	c.Name, c.Bind, c.Keyring = "a", "127.0.0.1:0", ring
	require.NoError(t, c.Validate())
	return c
}

func TestWhatIsWrongWithAConfigurationIsNamed(t *testing.T) {
	for _, test := range []struct {
		change func(*Config)
		want   string
	}{
		{func(c *Config) { c.Name = "" }, "live: name: names: name has 0 B, expected 1 to 63"},
		{func(c *Config) { c.Number = names.FirstAlias },
			"live: number is 65520, expected 1 to 65519, or 0 for that of the name"},
		{func(c *Config) { c.JoinTime = -time.Second }, "live: join time is -1s, expected 0s or more"},
		{func(c *Config) { c.Delay = -1 }, "live: delay is -1ns, expected 0s or more"},
		{func(c *Config) { c.Keyring = nil },
			"live: there is no keyring, expected one, if need be without keys"},
		{func(c *Config) { c.Capacity = 0 }, "live: capacity is 0, expected 1 to 1048576"},
		{func(c *Config) { c.Agent.Swim.DatagramBytes = 1 << 14 },
			"live: datagrams of 16384 bytes, expected at most 8147"},
		{func(c *Config) { c.Bind = "nowhere" }, `live: bind is "nowhere", expected host:port`},
		{func(c *Config) { c.Advertise = "a:1" }, `live: advertise is "a:1", expected ip:port`},
		{func(c *Config) { c.Join = []string{"a"} },
			`live: join: target "a" has no port, expected host:port`},
		{func(c *Config) { c.Join = slices.Repeat([]string{"a:1"}, 17) },
			"live: 17 addresses to join through, expected at most 16"},
	} {
		c := soundConfig(t)
		test.change(&c)
		require.EqualError(t, c.Validate(), test.want)
	}
}

// What others could not read is not told to them: they would ignore the node without a word.
func TestAnAddressThatOthersCannotReadIsAnError(t *testing.T) {
	c := soundConfig(t)
	c.Advertise = "[fe80::1%eth0]:7946"
	_, err := Start(t.Context(), c)
	require.ErrorContains(t, err, "live: what others would be told: target ")
	c.Advertise, c.API = "", "nowhere"
	_, err = Start(t.Context(), c)
	require.ErrorContains(t, err, `"nowhere" has no port`)
}

// "empty for what is bound, or if that is any address of the machine, for the one by which it reaches
// the first of Join".
func TestWhereOthersReachANode(t *testing.T) {
	bound := netip.MustParseAddrPort("10.0.0.1:7")
	all := netip.MustParseAddrPort("0.0.0.0:7")
	c := soundConfig(t)
	address, err := c.advertised(bound)
	require.NoError(t, err)
	require.Equal(t, bound, address)
	_, err = c.advertised(all)
	require.ErrorContains(t, err, "set advertise")
	c.Join = []string{"127.0.0.1:9"}
	address, err = c.advertised(all)
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:7", address.String())
	c.Advertise = "192.0.2.1:8"
	address, err = c.advertised(bound)
	require.NoError(t, err)
	require.Equal(t, c.Advertise, address.String())
}
