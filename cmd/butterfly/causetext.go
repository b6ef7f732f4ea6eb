package main

import (
	"fmt"
	"strings"

	"butterfly/checkers"
)

// causes shows why origins went unprobed for longer than usual, and why some had more than one
// checker: a line for each cause.
func (s *sheet) causes(metrics map[string]float64) {
	shown := 0
	for cause := checkers.Registration; cause <= checkers.Flapping; cause++ {
		var parts []string
		name := cause.String()
		if most, known := metrics["gap_"+name+"_max_seconds"]; known {
			parts = append(parts, fmt.Sprintf("%s: median %s, worst %s",
				counted(uint64(metrics["gap_"+name+"_count"]), "gap"),
				secondsText(metrics["gap_"+name+"_p50_seconds"]), secondsText(most)))
		}
		if overlap := metrics["overlap_"+name+"_seconds"]; overlap > 0 {
			parts = append(parts, secondsText(overlap)+" of double checks")
		}
		if len(parts) > 0 {
			s.row(labelFirst("causes", shown), "%-13s %s", name, strings.Join(parts, "; "))
			shown++
		}
	}
}

// users shows what the users of the origins have of it.
func (s *sheet) users(metrics map[string]float64) {
	dead, known := metrics["requests_dead_ppm"]
	if !known {
		return
	}
	s.row("users", "%s of the requests went to dead origins, %s of the healthy ones were avoided",
		percentText(dead/1e6), percentText(metrics["healthy_avoided_ppm"]/1e6))
	if most, known := metrics["routed_around_seconds_max"]; known {
		s.row("", "the last server routed around a dead origin after %s at the median, %s at most",
			secondsText(metrics["routed_around_seconds_p50"]), secondsText(most))
	}
}
