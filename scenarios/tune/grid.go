package tune

import "butterfly/scenarios"

// axis is a parameter that is swept, and the values it is tried at.
type axis struct {
	key    string
	swept  bool // false where the scenario has a value of its own
	values []string
}

// axes returns what is swept. The values lie around memberlist's, which are its lan, wan and local
// configurations (v0.7.0, config.go): intervals of 1 and 5 s, timeouts of 200 ms, 500 ms and 3 s,
// multipliers of 3, 4 and 6, 1 and 3 helpers, fan-outs of 3 and 4.
func axes(t *scenarios.Tuning) []axis {
	return []axis{
		{"probe_interval", t.ProbeInterval == nil, []string{"500ms", "1s", "2s", "5s"}},
		{"probe_timeout", t.ProbeTimeout == nil, []string{"200ms", "500ms", "2s"}},
		{"suspicion_mult", t.SuspicionMult == nil, []string{"2", "3", "4", "6"}},
		{"k", t.IndirectProbes == nil, []string{"1", "3"}},
		{"fanout", t.GossipNodes == nil, []string{"1", "3", "5"}},
	}
}

// grid returns the settings of every combination of what is swept.
func grid(t *scenarios.Tuning) [][]string {
	all := [][]string{nil}
	for _, a := range axes(t) {
		if a.swept {
			all = a.times(all)
		}
	}
	return all
}

// times returns every one of the combinations with every value of the axis.
func (a *axis) times(combinations [][]string) (all [][]string) {
	for _, settings := range combinations {
		for _, value := range a.values {
			longer := append(settings[:len(settings):len(settings)], a.key+"="+value)
			all = append(all, longer)
		}
	}
	return all
}
