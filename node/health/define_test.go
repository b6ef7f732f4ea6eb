package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// "Define adds one more way of checking, to register origins with, and returns its number: the next
// one": an origin is then probed at the interval of that definition, by the rule of which there is
// only one however many definitions have it.
func TestAnOriginIsCheckedByADefinitionThatCameLater(t *testing.T) {
	d := activeAmong(0)
	slow := DefaultDefinition()
	slow.Interval = 7 * time.Second
	for want := range uint16(2) {
		slow.Pool = uint32(want)
		number, err := d.Define(slow)
		require.NoError(t, err)
		require.Equal(t, 1+want, number)
	}
	require.Len(t, d.prober.book.rules, 2)
	d.run(2 * time.Second)
	d.Register(d.now, 0, 2)
	before := len(d.probes)
	d.run(70 * time.Second)
	require.InDelta(t, 10, len(d.probes)-before, 1)
}

// "Define may add to them, also where there are none at first": patience is then that of the first
// one, and not of no definition at all.
func TestTheFirstDefinitionMayComeLater(t *testing.T) {
	cfg := DefaultConfig()
	cfg.Definitions = nil
	require.NoError(t, cfg.Validate())
	d := drive(New(cfg, 0, firstLife, 1, byID, rng.New(7)))
	d.Activate(0)
	number, err := d.Define(DefaultDefinition())
	require.NoError(t, err)
	d.Register(0, 0, number)
	d.run(10 * time.Second)
	require.InDelta(t, 10, len(d.probes), 1)
	require.Equal(t, DefaultDefinition().Timeout, d.prober.book.patience)
}

// Those who share a slice of definitions do not see what others add.
func TestDefiningLeavesOthersAlone(t *testing.T) {
	shared := DefaultConfig()
	shared.Definitions = append(make([]Definition, 0, 8), shared.Definitions...)
	one := registered(shared, 0, firstLife, 1, byID, 7)
	other := registered(shared, 1, firstLife, 1, byID, 8)
	d := DefaultDefinition()
	d.Rise = 9
	_, err := one.Define(d)
	require.NoError(t, err)
	_, err = other.Define(DefaultDefinition())
	require.NoError(t, err)
	require.Equal(t, 9, one.Definitions()[1].Rise)
	require.Equal(t, 2, other.Definitions()[1].Rise)
}

// "The error says what is wrong with it, or that there are no numbers left."
func TestWhatCannotBeDefined(t *testing.T) {
	c := New(DefaultConfig(), 0, firstLife, 1, byID, rng.New(7))
	_, err := c.Define(Definition{})
	require.EqualError(t, err, "health: interval is 0s, expected more than 0s and at most 24h0m0s")
	for range unregistered - 1 {
		_, err = c.Define(DefaultDefinition())
		require.NoError(t, err)
	}
	_, err = c.Define(DefaultDefinition())
	require.EqualError(t, err,
		"health: there are 65535 definitions already, which is the most there may be")
}
