package main

import (
	"fmt"

	"butterfly/checkers"
)

// causes shows why origins went unprobed for longer than usual, and why some had more than one
// checker: a line or two for each cause.
func (s *sheet) causes(metrics map[string]float64) {
	shown := 0
	for cause := checkers.Registration; cause <= checkers.Flapping; cause++ {
		name := cause.String()
		for i, line := range causeLines(name, metrics) {
			s.row(labelFirst("causes", shown), "%-13s %s", labelFirst(name, i), line)
			shown++
		}
	}
}

func causeLines(cause string, metrics map[string]float64) (lines []string) {
	if most, known := metrics["gap_"+cause+"_max_seconds"]; known {
		lines = append(lines, fmt.Sprintf("%s: median %s, worst %s",
			counted(uint64(metrics["gap_"+cause+"_count"]), "gap"),
			secondsText(metrics["gap_"+cause+"_p50_seconds"]), secondsText(most)))
	}
	if overlap := metrics["overlap_"+cause+"_seconds"]; overlap > 0 {
		lines = append(lines, fmt.Sprintf("%s of double checks: median %s, worst %s",
			secondsText(overlap), secondsText(metrics["doubled_"+cause+"_p50_seconds"]),
			secondsText(metrics["doubled_"+cause+"_max_seconds"])))
	}
	return lines
}

// users shows what the users of the origins have of it.
func (s *sheet) users(metrics map[string]float64) {
	dead, known := metrics["requests_dead_ppm"]
	if !known {
		return
	}
	s.row("users", "%s of the requests went to dead origins, %s of the healthy ones were avoided",
		percentText(dead/1e6), percentText(metrics["healthy_avoided_ppm"]/1e6))
	s.row("", "%s went before the server knew, %s failing open for want of healthy ones",
		percentText(metrics["requests_unaware_ppm"]/1e6),
		percentText(metrics["requests_failed_open_ppm"]/1e6))
	if most, known := metrics["routed_around_seconds_max"]; known {
		s.row("", "the last server routed around a dead origin after %s at the median, %s at most",
			secondsText(metrics["routed_around_seconds_p50"]), secondsText(most))
	}
}
