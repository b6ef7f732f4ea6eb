package universe

import (
	"testing"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Fuzz lets go test -fuzz look for plans that break a property: it turns any bytes into a plan, by
// the rules of [Plans]. What it finds is shrunk as a plan, and reported as [Test] reports a seed.
// Without the flag it plays the plans that were found before, and a few to begin with.
func Fuzz[M any](f *testing.F, spec Spec[M]) {
	f.Helper()
	p, err := newPlayer(spec, f.Name())
	if err == nil {
		err = p.needStorm()
	}
	if err != nil {
		f.Fatalf("universe: %v", err)
	}
	if p.replay(f) {
		f.SkipNow()
	}
	for seed := range uint64(beginnings) {
		f.Add(someBytes(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		plan := p.choose(decode(data))
		r := p.play(&plan.Scenario, plan.Seed)
		describe(t, r.result)
		if r.broken() != "" {
			p.fail(t, r, "")
		}
	})
}

const (
	beginnings     = 8
	beginningBytes = 128
)

// someBytes is a plan to begin with.
func someBytes(seed uint64) []byte {
	luck := rng.New(seed)
	data := make([]byte, beginningBytes)
	for i := range data {
		data[i] = byte(luck.Below(256))
	}
	return data
}

// decode turns bytes into choices: as few of them for each as hold the numbers to choose from, the
// least significant first. Where there are none left it chooses 0. So every text means something,
// and what is changed in the middle of it leaves the choices before as they were.
func decode(data []byte) scenarios.Choice {
	return func(_ string, n int) int {
		value := uint64(0)
		for shift := 0; uint64(n-1)>>shift > 0 && len(data) > 0; shift += 8 {
			value |= uint64(data[0]) << shift
			data = data[1:]
		}
		return int(value % uint64(n))
	}
}
