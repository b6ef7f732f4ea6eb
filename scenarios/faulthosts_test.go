package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestAFaultOfAHostSaysWhatItDoes(t *testing.T) {
	for line, f := range map[string]scenarios.Fault{
		"1m30s crash server 3 for 30s, with what it had saved 20s before": {
			Kind: scenarios.Crash, Keep: true, Old: seconds(20)},
		"1m30s crash server 3 for 30s, last save torn": {
			Kind: scenarios.Crash, Keep: true, Torn: true},
		"1m30s crash server 3 for 30s, disk lost, at another address": {
			Kind: scenarios.Crash, Moved: true},
		"1m30s disk-full at server 3 for 30s":          {Kind: scenarios.DiskFull},
		"1m30s slow server 3, 1ms an input for 30s":    {Kind: scenarios.Slow},
		"1m30s clock of server 3 by +200 ppm for 30s":  {Kind: scenarios.Clock, RatePPM: 200},
		"1m30s clock of server 3 off by -1m0s for 30s": {Kind: scenarios.Clock, Offset: seconds(-60)},
		"1m30s upgrade server 3 for 30s":               {Kind: scenarios.Upgrade},
		"1m30s clock of server 3 by -5 ppm off by 1s for 30s": {
			Kind: scenarios.Clock, RatePPM: -5, Offset: seconds(1)},
	} {
		f.At, f.For, f.Hosts = seconds(90), seconds(30), hosts(3)
		require.Equal(t, line, f.String())
		require.NoError(t, f.Validate(5, 0, seconds(200)))
	}
}

func TestInvalidFaultsOfHostsNameTheField(t *testing.T) {
	for message, f := range map[string]scenarios.Fault{
		"old: -1s, expected 0s or more": {
			Kind: scenarios.Crash, Keep: true, Old: seconds(-1)},
		"old: expected keep with it, a lost disk has no snapshot": {
			Kind: scenarios.Crash, Old: seconds(1)},
		"torn: expected keep with it, and no old": {
			Kind: scenarios.Crash, Keep: true, Old: seconds(1), Torn: true},
		"cost: 1.001s, expected 0s to 1s": {
			Kind: scenarios.Slow, Cost: scenarios.Span(1001 * time.Millisecond)},
		"rate_ppm: 100001, expected -100000 to 100000": {Kind: scenarios.Clock, RatePPM: 100_001},
		"offset: 24h0m1s, expected -24h0m0s to 24h0m0s": {
			Kind: scenarios.Clock, Offset: seconds(24*3600 + 1)},
		"cost: expected none for pause":    {Kind: scenarios.Pause, Cost: 1},
		"torn: expected none for leave":    {Kind: scenarios.Leave, Torn: true},
		"moved: expected none for upgrade": {Kind: scenarios.Upgrade, Moved: true},
	} {
		f.At, f.For, f.Hosts = seconds(90), seconds(30), hosts(3)
		require.EqualError(t, f.Validate(5, 0, seconds(200)), message)
	}
}

// Whoever moves has to be able to say where it is.
func TestServersMoveOnlyWhereTheyCanSaySo(t *testing.T) {
	for name, of := range map[string]string{
		"map-storm": "the map alone", "swim-crash": "SWIM alone", "cap-available": "registers", "crash": "",
	} {
		s, err := scenarios.Find(name)
		require.NoError(t, err)
		s.Faults = []scenarios.Fault{{
			Kind: scenarios.Crash, At: seconds(30), For: seconds(10), Hosts: hosts(1), Moved: true,
		}}
		if of == "" {
			require.NoError(t, s.Validate(), name)
			continue
		}
		require.EqualError(t, s.Validate(), "faults[0].moved: expected none of "+of+
			": its servers cannot say where they are")
	}
}
