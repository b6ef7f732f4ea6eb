package main

import (
	"math"
	"time"

	"butterfly/scenarios/fidelity"
)

// fidelityReport is the JSON object of a comparison. Names and units are relied on by scripts.
type fidelityReport struct {
	Agrees          bool    `json:"agrees"`
	Tolerance       float64 `json:"tolerance"`
	Servers         int     `json:"servers"`
	Origins         int     `json:"origins"`
	Loss            float64 `json:"loss"`
	LossyStreams    bool    `json:"lossy_streams"`
	DelaySeconds    float64 `json:"delay_seconds"`
	PeriodSeconds   float64 `json:"period_seconds"`
	LiveTrials      int     `json:"live_trials"`
	SimulatedTrials int     `json:"simulated_trials"`
	// Interrupted is that there were more live trials to come.
	Interrupted bool    `json:"interrupted"`
	WallSeconds float64 `json:"wall_seconds"`
	// Latency and RoundTrip are what was measured of the machine, in the form of scenario files, and
	// Latency has the delay in it.
	Latency   string `json:"latency"`
	RoundTrip string `json:"round_trip"`
	// LateSeconds is how late timers went off on this machine, and Late99Seconds one in a hundred.
	LateSeconds   float64              `json:"timers_late_seconds"`
	Late99Seconds float64              `json:"timers_late_p99_seconds"`
	Figure        string               `json:"figure"`
	Quantities    []fidelityComparison `json:"quantities"`
}

// fidelityComparison is that of one quantity. What cannot be told is null.
type fidelityComparison struct {
	Quantity  string          `json:"quantity"`
	Unit      string          `json:"unit"`
	Within    bool            `json:"within"`
	Live      fidelitySummary `json:"live"`
	Simulated fidelitySummary `json:"simulated"`
	// Difference is that of the medians as a share of the live one.
	Difference *float64 `json:"difference"`
	Low        *float64 `json:"difference_low"`
	High       *float64 `json:"difference_high"`
	Distance   *float64 `json:"ks_distance"`
	Critical   *float64 `json:"ks_critical"`
}

type fidelitySummary struct {
	Count   int      `json:"count"`
	Missing int      `json:"missing"`
	Median  *float64 `json:"median"`
	P10     *float64 `json:"p10"`
	P90     *float64 `json:"p90"`
}

func (c *comparison) report(rows []fidelity.Row, figure string) *fidelityReport {
	object := &fidelityReport{
		Agrees: c.agrees(rows), Tolerance: c.share(),
		Servers: c.config.Servers, Origins: c.config.Origins,
		Loss: float64(c.config.Loss.Share) / 1e6, LossyStreams: c.config.Loss.Streams,
		DelaySeconds: c.config.Delay.Seconds(), PeriodSeconds: c.config.Period.Seconds(),
		LiveTrials: c.live.Trials, SimulatedTrials: c.simulated.Trials,
		Interrupted: c.live.Trials < c.trials, WallSeconds: time.Since(c.started).Seconds(),
		Latency: c.config.Latency.String(), RoundTrip: c.config.RoundTrip.String(),
		LateSeconds: c.late.Seconds(), Late99Seconds: c.latest.Seconds(), Figure: figure,
	}
	for i := range rows {
		r := &rows[i]
		object.Quantities = append(object.Quantities, fidelityComparison{
			Quantity: r.Quantity.String(), Unit: r.Quantity.Unit(), Within: r.Within(c.share()),
			Live: summaryOf(&r.Live), Simulated: summaryOf(&r.Simulated),
			Difference: known(r.Difference), Low: known(r.Low), High: known(r.High),
			Distance: known(r.Distance), Critical: known(r.Critical),
		})
	}
	return object
}

func summaryOf(s *fidelity.Summary) fidelitySummary {
	return fidelitySummary{
		Count: s.Count, Missing: s.Missing, Median: known(s.Median), P10: known(s.P10), P90: known(s.P90),
	}
}

// known is a number as JSON can have it: nothing if there is none, or it is infinite.
func known(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
