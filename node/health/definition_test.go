package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestValidateNamesTheFieldAndItsRange(t *testing.T) {
	for _, test := range []struct {
		change func(*Definition)
		want   string
	}{
		{func(d *Definition) { d.Kind = HTTPS + 1 }, "health: kind is 3, expected tcp, http or https"},
		{func(d *Definition) { d.Path = "/" }, "health: a tcp probe expects no path, status or body"},
		{func(d *Definition) { d.Kind, d.StatusFrom, d.StatusTo = HTTP, 300, 200 },
			"health: status is 300 to 200, expected a range within 100 to 599"},
		{func(d *Definition) { d.Kind, d.StatusFrom, d.StatusTo = HTTP, 0, 200 },
			"health: status is 0 to 200, expected a range within 100 to 599"},
		{func(d *Definition) { d.Interval = 0 },
			"health: interval is 0s, expected more than 0s and at most 24h0m0s"},
		{func(d *Definition) { d.Interval = 25 * time.Hour },
			"health: interval is 25h0m0s, expected more than 0s and at most 24h0m0s"},
		{func(d *Definition) { d.Timeout = 0 },
			"health: timeout is 0s, expected more than 0s and at most the interval of 1s"},
		{func(d *Definition) { d.Timeout = 2 * time.Second },
			"health: timeout is 2s, expected more than 0s and at most the interval of 1s"},
		{func(d *Definition) { d.Jitter = 2 * time.Second },
			"health: jitter is 2s, expected 0s to the interval of 1s"},
		{func(d *Definition) { d.FastInterval = -1 },
			"health: fast interval is -1ns, expected 0s to the interval of 1s"},
		{func(d *Definition) { d.Semantics = Immediate + 1 },
			"health: semantics is 3, expected consecutive, window or immediate"},
		{func(d *Definition) { d.Rise = 0 }, "health: rise is 0, expected 1 to 255"},
		{func(d *Definition) { d.Fall = 256 }, "health: fall is 256, expected 1 to 255"},
		{func(d *Definition) { d.Initial = Unable },
			"health: initial is unable, expected unknown, healthy or unhealthy"},
		{func(d *Definition) { d.Semantics, d.Window = Window, 65 },
			"health: window is 65, expected 1 to 64"},
		{func(d *Definition) { d.Semantics, d.Window, d.Threshold = Window, 5, 6 },
			"health: threshold is 6, expected 1 to the window of 5"},
	} {
		d := DefaultDefinition()
		test.change(&d)
		require.EqualError(t, d.Validate(), test.want)
	}
}

func TestExtremeDefinitionsAreValid(t *testing.T) {
	d := DefaultDefinition()
	require.NoError(t, d.Validate())
	d.Interval, d.Timeout, d.Jitter, d.FastInterval = 1, 1, 1, 1
	d.Rise, d.Fall = 1, maxThreshold
	d.Semantics, d.Window, d.Threshold, d.Initial = Window, maxWindow, maxWindow, Unhealthy
	d.Kind, d.Path, d.StatusFrom, d.StatusTo, d.Body = HTTPS, "/health", 100, 599, "ok"
	require.NoError(t, d.Validate())
}

func TestNamesOfKindsAndSemantics(t *testing.T) {
	require.Equal(t, "tcp http https kind?",
		TCP.String()+" "+HTTP.String()+" "+HTTPS.String()+" "+Kind(3).String())
	require.Equal(t, "consecutive window immediate semantics?", Consecutive.String()+" "+
		Window.String()+" "+Immediate.String()+" "+Semantics(3).String())
}
